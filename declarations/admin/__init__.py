"""Providers, partnerships and declarations, as DfE staff keep them."""

from declarations.admin import declaration, partnership, provider, training_period

__all__ = ["declaration", "partnership", "provider", "training_period"]
