"""Everything about HTTP and HTML that no single room owns: rendering, forms, errors, headers, assets."""
