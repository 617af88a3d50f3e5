"""Files in and out: a ZIP of papers, the package handed on, a case others check."""
