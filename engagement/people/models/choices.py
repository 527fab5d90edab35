from django.db import models
from django.utils.translation import gettext_lazy as _


class Sector(models.TextChoices):
    WELSH_GOVERNMENT = "welsh_government", _("Welsh Government")
    SPONSORED_BODY = "sponsored_body", _("Welsh Government sponsored body")
    LOCAL_AUTHORITY = "local_authority", _("Local authority")
    OTHER_PUBLIC = "other_public", _("Other public body")
    VOLUNTARY = "voluntary", _("Voluntary sector")
    PRIVATE = "private", _("Private sector")
    ACADEMIC = "academic", _("Academic")
    ELECTED = "elected", _("Elected member")
    PUBLIC = "public", _("Member of the public")


class Function(models.TextChoices):
    RESEARCH = "research", _("Research")
    POLICY = "policy", _("Policy")
    OPERATIONAL = "operational", _("Operational")
    STRATEGIC = "strategic", _("Strategic or senior management")
    OTHER = "other", _("Other")


class Area(models.TextChoices):
    """The local authorities of Wales, by their codes of the Office for National
    Statistics."""

    ANGLESEY = "W06000001", _("Isle of Anglesey")
    GWYNEDD = "W06000002", _("Gwynedd")
    CONWY = "W06000003", _("Conwy")
    DENBIGHSHIRE = "W06000004", _("Denbighshire")
    FLINTSHIRE = "W06000005", _("Flintshire")
    WREXHAM = "W06000006", _("Wrexham")
    CEREDIGION = "W06000008", _("Ceredigion")
    PEMBROKESHIRE = "W06000009", _("Pembrokeshire")
    CARMARTHENSHIRE = "W06000010", _("Carmarthenshire")
    SWANSEA = "W06000011", _("Swansea")
    NEATH_PORT_TALBOT = "W06000012", _("Neath Port Talbot")
    BRIDGEND = "W06000013", _("Bridgend")
    VALE_OF_GLAMORGAN = "W06000014", _("Vale of Glamorgan")
    CARDIFF = "W06000015", _("Cardiff")
    RHONDDA_CYNON_TAF = "W06000016", _("Rhondda Cynon Taf")
    CAERPHILLY = "W06000018", _("Caerphilly")
    BLAENAU_GWENT = "W06000019", _("Blaenau Gwent")
    TORFAEN = "W06000020", _("Torfaen")
    MONMOUTHSHIRE = "W06000021", _("Monmouthshire")
    NEWPORT = "W06000022", _("Newport")
    POWYS = "W06000023", _("Powys")
    MERTHYR_TYDFIL = "W06000024", _("Merthyr Tydfil")
