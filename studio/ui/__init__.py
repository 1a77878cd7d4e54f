"""The page: the only home of gradio."""
