# ruff: noqa: RUF001
"""How the report of 2011 prints its counts: short quotations, in their order, each with
its paragraph of Annex 1. The five that are wrong are among them."""

SENTENCES = """\
<sup>2</sup> An e-mail containing a link to the web questionnaire was sent to 253 e-mail
addresses. Of these 29 were undeliverable, making a population of 224 potential
respondents. On this basis the response rate was 18.3%.

3. the relatively low response rate to the web-survey (41 responses or just under 20%)

<sup>3</sup> Eleven participants – or 27% of those responding to the web survey – agreed.

2.5 Of the respondents to the survey, the largest number 14 (34%) were from local
authorities, with eight (20%) being from within the Welsh Government.

Figure 2.1: Employing Organisations for Surveyed Respondents

Base: 41 Respondents

- 2.6 research-based (18 or 44%) or operational (seven or 17%) roles, with smaller numbers
in strategic/senior management roles (eight or 19%) or policy making roles (four or
10%)<sup>41</sup>.

2.9 either not particularly familiar (11 or 27%) or not at all familiar with the Child
Index (12 or 29%) while all of those seven (17%) who said they were very familiar

2.12 (11 or 27%), with nearly a third (13 or 31%) saying they had not been aware

2.13 only eight of the web survey respondents (20%) said; almost two thirds of respondents
(27 respondents or 66%) said that they did not

- 2.14 they only skimmed through (23 or 56%) or rarely or never opened the attachment (10
or 24%), with only eight respondents (20%) saying that they read each edition carefully,
of which three (7%) stated that they followed up the weblinks

- 2.15 very (1 respondent or 2%) or quite (20 respondents or 48%) useful.

- 2.20 a traffic light system of red (top 20%), amber (the next 20%) and green (bottom 60%).

2.29 Sixteen respondents (39 per cent) said that WIMD was 'very useful' and 12 (29 per
cent) said it was 'quite useful'. In only three cases of no direct use (with the remaining
ten or 24% saying it was of limited use).

2.30 most of those responding to this open question (24 or 85% of those asked<sup>44</sup>)

2.31 increased over time (10 or 24% of respondents) or stayed broadly the same (19 or 46%),
with only one respondent (2%) believing its usefulness had decreased over time.

2.32 some 41% (17) of all respondents were unable to answer

2.37 many respondents – 15 (or 36%) were unable to respond. Of those that were able to
respond, 16 (39 per cent) thought so, with ten (24%) responding that it had not

2.39 only five (or 12%) of the web-based survey respondents; only four (10%) said

Only six respondents (15 per cent) felt that there were no barriers

eight Welsh Government staff (five of them in policy roles and three in research roles)
"""
