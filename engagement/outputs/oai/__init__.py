"""OAI-PMH 2.0 (https://www.openarchives.org/OAI/openarchivesprotocol.html).

`asking` reads a request, `listing` finds its records, `writing` answers in XML.
"""
