"""The five pages. A page shows a draft and tells answers; it keeps none of them itself."""
