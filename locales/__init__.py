"""The message catalogues, a file a language, and the check of them; `cogs.ui.texts` reads them."""
