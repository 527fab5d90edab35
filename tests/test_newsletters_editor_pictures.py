"""The pictures of an article, and what it leads to."""

import re

import pytest
import weasyprint  # noqa: F401 - it has Pillow take broken files
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from engagement.core import uploads
from newsletters.models import Picture
from newsletters.services import links, pictures
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue():
    return factories.make_issue(articles=1)


@pytest.fixture
def article(issue):
    return issue.places.get().article


def address(page, issue, article, *more):
    return reverse(f"newsletters:{page}", args=[issue.pk, article.pk, *more])


def png(name="map.png", **size):
    return SimpleUploadedFile(name, factories.make_png(**size))


def names(article):
    return list(article.pictures.values_list("name", flat=True))


class TestPictures:
    def test_several_at_once_named_after_their_files(
        self, manager_client, issue, article
    ):
        jpeg = SimpleUploadedFile("Tŷ.JPG", factories.make_png(kind="JPEG"))
        files = [png(width=20, height=10), png(), jpeg]
        page = address("edit_pictures", issue, article)
        answer = manager_client.post(page, {"uploads": files})
        assert answer.status_code == 302
        assert names(article) == ["map", "map-2", "ty"]
        first = article.pictures.first()
        assert (first.width, first.height) == (20, 10)
        assert first.upload.read() == factories.make_png(width=20, height=10)
        file = manager_client.get(address("show_picture", issue, article, first.pk))
        assert file.headers["Content-Type"] == "image/png"

    @pytest.mark.parametrize(
        ("name", "content", "told"),
        [
            ("a.svg", b"<svg onload=alert(1)>", "a.svg: The picture must be a PNG"),
            ("a.png", b"<svg onload=alert(1)>", "not what its name says"),
            ("a.png", factories.make_png(kind="JPEG"), "not what its name says"),
            ("a.png", factories.make_png()[:-30], "not what its name says"),
            ("a.jpg", factories.make_png(kind="JPEG")[:-9], "not what its name says"),
            ("a.png", b"", "The file is empty."),
            ("a.gif", b"GIF89a", "must be a PNG or a JPEG"),
        ],
    )
    def test_only_pictures_and_all_or_none(
        self, manager_client, issue, article, name, content, told
    ):
        files = [png(), SimpleUploadedFile(name, content)]
        page = address("edit_pictures", issue, article)
        answer = manager_client.post(page, {"uploads": files})
        assert answer.status_code == 422
        assert told in answer.content.decode()
        assert not Picture.objects.exists()

    def test_not_too_large(self, manager_client, issue, article, monkeypatch):
        page = address("edit_pictures", issue, article)
        monkeypatch.setattr(uploads, "PICTURE_POINTS", 40)
        answer = manager_client.post(page, {"uploads": png(width=9, height=5)})
        assert "too large: 9 by 5" in answer.content.decode()
        monkeypatch.setattr(uploads, "PICTURE_BYTES", 10)
        answer = manager_client.post(page, {"uploads": png()})
        assert "must be smaller than" in answer.content.decode()
        assert manager_client.post(page, {}).status_code == 422

    def test_a_name_and_alt_texts(self, manager_client, issue, article):
        one = pictures.add(by=None, article=article, upload=png())
        two = pictures.add(by=None, article=article, upload=png("b.png"))
        page = address("change_picture", issue, article, one.pk)
        words = {"name": "wales", "alt_en": "A map", "alt_cy": "Map"}
        sent = {f"{one.pk}-{name}": text for name, text in words.items()}
        assert manager_client.post(page, sent).status_code == 302
        one.refresh_from_db()
        assert (one.name, one.alt_en, one.alt_cy) == ("wales", "A map", "Map")
        text = manager_client.get(address("edit_pictures", issue, article))
        assert "![](picture:wales)" in text.content.decode()
        taken = sent | {f"{one.pk}-name": two.name, f"{one.pk}-alt_en": "Typed"}
        answer = manager_client.post(page, taken)
        assert answer.status_code == 422
        assert "has that name" in answer.content.decode()
        assert 'value="Typed"' in answer.content.decode()
        answer = manager_client.post(page, sent | {f"{one.pk}-name": "a map"})
        assert "Use letters without accents" in answer.content.decode()

    def test_the_order_and_back_again(self, manager_client, issue, article):
        for name in ("a.png", "b.png"):
            last = pictures.add(by=None, article=article, upload=png(name))
        move = address("move_picture", issue, article, last.pk)
        manager_client.post(move, {"to": "up"})
        assert names(article) == ["b", "a"]
        manager_client.post(move, {"to": "up"})
        assert names(article) == ["b", "a"]
        manager_client.post(move, {"to": "down"})
        assert names(article) == ["a", "b"]

    def test_what_is_taken_out_can_be_put_back(self, manager_client, issue, article):
        one = pictures.add(by=None, article=article, upload=png())
        pictures.change(by=None, picture=one, name="m", alt_en="A", alt_cy="Ll")
        remove = address("remove_picture", issue, article, one.pk)
        page = manager_client.post(remove, follow=True).content.decode()
        assert not Picture.objects.exists()
        token = re.search(r'name="removed" value="([^"]+)"', page)[1]
        back = address("restore_picture", issue, article)
        manager_client.post(back, {"removed": token})
        found = Picture.objects.get()
        assert (found.name, found.alt_cy) == ("m", "Ll")
        assert found.upload.read() == factories.make_png()
        manager_client.post(back, {"removed": token})
        assert Picture.objects.count() == 1, "twice is once"
        page = manager_client.post(back, {"removed": "made-up"}, follow=True)
        assert "This link is not valid" in page.content.decode()

    def test_a_picture_of_another_article_is_not_there(self, manager_client, issue):
        elsewhere = factories.make_issue(articles=1)
        theirs = pictures.add(
            by=None, article=elsewhere.places.get().article, upload=png()
        )
        article = issue.places.get().article
        for page in ("change_picture", "move_picture", "remove_picture"):
            answer = manager_client.post(address(page, issue, article, theirs.pk))
            assert answer.status_code == 404
        assert Picture.objects.exists()


class TestLinks:
    @pytest.fixture
    def targets(self, article):
        output = factories.make_output(study=article.study)
        event = factories.make_event(published=True)
        return [f"output:{output.pk}", f"event:{event.pk}", f"ask:{article.study_id}"]

    def test_picked_from_the_site(self, manager_client, issue, article, targets):
        page = address("edit_links", issue, article)
        for target in targets:
            assert manager_client.post(page, {"target": target}).status_code == 302
        kinds = [link.output or link.event or link.ask for link in article.links.all()]
        assert [type(one).__name__ for one in kinds] == ["Output", "Event", "Study"]
        answer = manager_client.post(page, {"target": targets[0]})
        assert answer.status_code == 422
        assert "leads there already" in answer.content.decode()

    @pytest.mark.parametrize("target", ["", "https://example.org", "output:x", "ask:0"])
    def test_never_pasted(self, manager_client, issue, article, target):
        page = address("edit_links", issue, article)
        answer = manager_client.post(page, {"target": target})
        assert answer.status_code == 422
        assert not article.links.exists()

    def test_no_past_event_and_no_output_of_another_study(
        self, manager_client, issue, article, targets
    ):
        past = factories.make_event(published=True, days_ahead=-3)
        other = factories.make_output(study=factories.make_study())
        page = manager_client.get(address("edit_links", issue, article))
        text = page.content.decode()
        assert all(f'value="{target}"' in text for target in targets)
        assert f'value="event:{past.pk}"' not in text
        assert f'value="output:{other.pk}"' not in text

    def test_the_order_out_and_back(self, manager_client, issue, article, targets):
        made = [links.add(by=None, article=article, target=one) for one in targets]
        move = address("move_link", issue, article, made[2].pk)
        manager_client.post(move, {"to": "up"})
        order = list(article.links.values_list("pk", flat=True))
        assert order == [made[0].pk, made[2].pk, made[1].pk]
        remove = address("remove_link", issue, article, made[1].pk)
        page = manager_client.post(remove, follow=True).content.decode()
        target = re.search(r'type="hidden" name="target" value="([^"]+)"', page)[1]
        assert target == targets[1]
        manager_client.post(address("edit_links", issue, article), {"target": target})
        assert article.links.last().event_id == made[1].event_id


def test_pages_ask_the_database_a_bounded_number_of_times(
    manager_client, issue, article, django_assert_max_num_queries
):
    for n in range(6):
        pictures.add(by=None, article=article, upload=png(f"{n}.png"))
        output = factories.make_output(study=article.study)
        links.add(by=None, article=article, target=f"output:{output.pk}")
    with django_assert_max_num_queries(7):
        manager_client.get(address("edit_pictures", issue, article))
    with django_assert_max_num_queries(10):
        manager_client.get(address("edit_links", issue, article))
