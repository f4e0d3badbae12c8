"""Providers, partnerships and declarations, as DfE staff keep them."""

from declarations.admin import declarations, providers, training

__all__ = ["declarations", "providers", "training"]
