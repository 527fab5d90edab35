from engagement.outputs.models.editions import Correction, Edition, File
from engagement.outputs.models.materials import Material
from engagement.outputs.models.outputs import LATEST_FIRST, Author, Output
from engagement.outputs.models.releases import (
    PreReleaseAccess,
    Release,
    ReleaseChange,
    ReleaseItem,
)
from engagement.outputs.models.search import SearchEntry

__all__ = [
    "LATEST_FIRST",
    "Author",
    "Correction",
    "Edition",
    "File",
    "Material",
    "Output",
    "PreReleaseAccess",
    "Release",
    "ReleaseChange",
    "ReleaseItem",
    "SearchEntry",
]
