"""Help where the person is: the Markdown files of ``docs/``, read in the app."""
