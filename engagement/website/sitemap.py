from engagement.core.sitemap import add_source, named

add_source(lambda: named("website:home", "website:accessibility", "website:privacy"))
