"""Providers, partnerships and declarations, as DfE staff keep them."""

from declarations.admin import api_token, declaration, partnership, provider, training_period

__all__ = ["api_token", "declaration", "partnership", "provider", "training_period"]
