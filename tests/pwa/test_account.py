"""A person's own account: seen, changed, taken along and deleted by whose it is, and by nobody else."""

import json
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.log_actions import log
from wagtail.models import Comment, CommentReply
from wagtail.users.models import UserProfile

from cms.articles.models import Article
from cms.correspondence import reporting, team
from cms.correspondence import services as letters
from cms.correspondence.models import Message
from cms.people import services
from cms.people.models import Export, User
from cms.people.rights import holdings
from cms.people.sealing import unseal
from tests import factories
from tests.cms.correspondence.stage import reported, two
from tests.pwa.conftest import Site, inside_main
from tests.pwa.test_sign_up import code_of

PHONE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"
)
LAPTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def logged_in(user: User, user_agent: str = PHONE) -> Client:
    client = Client(headers={"user-agent": user_agent})
    answer = client.post("/accounts/login/", {"login": user.email, "password": factories.PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return client


@pytest.fixture
def tasks_done(django_capture_on_commit_callbacks: Any) -> Any:
    """Give a context at whose end the tasks are done that were handed over in it."""
    return partial(django_capture_on_commit_callbacks, execute=True)


@pytest.mark.parametrize(
    "path", ["", "sessions/", "export/", "delete/", "export/respite-account.json", "2fa/", "email/"]
)
def test_account__is_shown_to_nobody_who_is_not_logged_in(site: Site, client: Client, path: str) -> None:
    answer = client.get(f"/accounts/{path}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/")
    assert "next=" in answer["Location"]
    assert answer["Cache-Control"] == "private, no-store"


def test_overview__leads_to_everything_that_can_be_done(site: Site, client: Client) -> None:
    client = logged_in(factories.reader())
    html = inside_main(client.get("/accounts/"))
    links = re.findall(r'href="(/accounts/[^"]*)"', html)
    for link in links:
        assert client.get(link).status_code in {200, 302}, link
    assert {"/accounts/email/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/sessions/"} < set(links)
    assert {"/accounts/export/", "/accounts/delete/", "/accounts/logout/"} < set(links)
    assert "/admin/" not in html


# ---- Sessions --------------------------------------------------------------------------------


def test_sessions__are_named_by_device_and_ended_one_by_one(site: Site) -> None:
    user = factories.reader()
    phone, laptop, other = logged_in(user), logged_in(user, LAPTOP), logged_in(factories.reader("other@example.org"))
    html = inside_main(phone.get("/accounts/sessions/"))
    assert "Chrome on Android" in html
    assert "Firefox on Linux" in html
    (key,) = re.findall(r'name="session" value="(\d+)"', html)
    others = UserSession.objects.exclude(user=user).get().pk

    phone.post("/accounts/sessions/", {"session": others})
    assert other.get("/accounts/").status_code == 200
    phone.post("/accounts/sessions/", {"session": key})

    assert laptop.get("/accounts/").status_code == 302
    assert phone.get("/accounts/").status_code == 200


def test_all_other_sessions__are_ended_at_once(site: Site) -> None:
    user = factories.reader()
    here, *elsewhere = (logged_in(user) for _ in range(3))
    here.post("/accounts/sessions/", {"others": "yes"})
    assert [client.get("/accounts/").status_code for client in elsewhere] == [302, 302]
    assert here.get("/accounts/").status_code == 200


def test_session__changes_its_key_at_log_in_and_keeps_no_address_of_a_network(site: Site) -> None:
    user = factories.reader()
    client = Client()
    client.get("/accounts/login/")
    session = client.session
    session["before"] = "yes"
    session.save()
    before = client.session.session_key
    client.post("/accounts/login/", {"login": user.email, "password": factories.PASSWORD})
    assert client.session.session_key != before
    assert UserSession.objects.get(user=user).ip == "::"


def test_account_that_is_disabled__is_logged_out_everywhere_at_once_and_for_good(site: Site) -> None:
    user = factories.reader()
    clients = [logged_in(user), logged_in(user)]
    user.is_active = False
    user.save()
    assert [client.get("/accounts/").status_code for client in clients] == [302, 302]
    assert not UserSession.objects.filter(user=user).exists()
    user.is_active = True
    user.save()
    assert [client.get("/accounts/").status_code for client in clients] == [302, 302]


def test_password_that_is_changed__logs_out_everywhere_else(site: Site) -> None:
    user = factories.reader()
    here, elsewhere = logged_in(user), logged_in(user)
    new = "quite another long one 7"
    form = {"oldpassword": factories.PASSWORD, "password1": new, "password2": new}
    assert here.post("/accounts/password/change/", form).status_code == 302
    assert here.get("/accounts/").status_code == 200
    assert elsewhere.get("/accounts/").status_code == 302
    assert mail.outbox[-1].subject == "Your password is changed"
    assert "IP" not in str(mail.outbox[-1].body)


# ---- Email -----------------------------------------------------------------------------------


def test_new_address__counts_only_once_it_is_confirmed(site: Site) -> None:
    user = factories.reader("reader@example.org")
    client = logged_in(user)
    client.post("/accounts/email/", {"email": "new@example.org", "action_add": ""})
    user.refresh_from_db()
    assert user.email == "reader@example.org"
    (letter,) = mail.outbox
    assert letter.to == ["new@example.org"]
    assert "Confirm your email address" in inside_main(client.get("/accounts/confirm-email/"))
    client.post("/accounts/confirm-email/", {"code": code_of(letter)})
    user.refresh_from_db()
    assert user.email == "new@example.org"
    assert EmailAddress.objects.get(user=user).email == "new@example.org"
    assert mail.outbox[-1].to == ["reader@example.org"], "whoever had the address hears of it"


# ---- Taking everything along -----------------------------------------------------------------


def test_export__has_everything_to_read_and_for_a_program(site: Site, tasks_done: Any) -> None:
    user = factories.reader()
    client = logged_in(user)
    assert "It is being collected" not in inside_main(client.get("/accounts/export/"))
    with tasks_done():
        client.post("/accounts/export/")
    page = client.get("/accounts/export/")
    assert "It is kept here until" in inside_main(page)
    document = json.loads(client.get("/accounts/export/respite-account.json").content)
    assert document["account"]["email"] == user.email
    assert document["sessions"] == [{"device": "Chrome on Android", "since": document["sessions"][0]["since"]}]
    answer = client.get("/accounts/export/respite-account.html")
    assert answer["Content-Disposition"] == 'attachment; filename="respite-account.html"'
    assert user.email in answer.content.decode()
    assert user.email not in Export.objects.get().sealed
    assert answer["Cache-Control"] == "private, no-store"


def test_export__is_its_owners_alone(site: Site, tasks_done: Any) -> None:
    client = logged_in(factories.reader())
    with tasks_done():
        client.post("/accounts/export/")
    other = logged_in(factories.reader("other@example.org"))
    assert other.get("/accounts/export/respite-account.json").status_code == 404


def test_export_that_is_being_collected__tells_how_far_it_is_and_looks_again(site: Site) -> None:
    user = factories.reader()
    client = logged_in(user)
    Export.objects.create(user=user, done=1, total=4)
    page = client.get("/accounts/export/")
    assert "1 of 4 parts" in inside_main(page)
    assert page["Refresh"] == "5"


def test_export__goes_after_a_week(site: Site) -> None:
    export = services.ask_for_export(factories.reader())
    assert services.forget_exports() == 0
    Export.objects.filter(pk=export.pk).update(asked_at=timezone.now() - Export.KEPT)
    assert services.forget_exports() == 1
    assert not Export.objects.exists()


def test_export__holds_no_secret_of_a_second_factor(site: Site, tasks_done: Any) -> None:
    user = factories.reader()
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    codes = RecoveryCodes.activate(user).generate_codes()
    with tasks_done():
        services.ask_for_export(user)
    text = json.dumps(services.read_export(Export.objects.get()))
    assert "totp" in text
    assert secret not in text
    assert not [code for code in codes if code in text]


# ---- Deleting --------------------------------------------------------------------------------

PLANTED = (
    *("planted.reader@example.org", "Plantedname", "Plantedfamily"),
    *("planted.other@example.org", "PlantedBrowser", "plantedwords"),
)
# What else knows whose account it is: told in an export, or of no use to anybody but the admin at work.
TOLD = {
    *("account.EmailAddress", "usersessions.UserSession", "mfa.Authenticator", "wagtailusers.UserProfile"),
    *(
        "wagtailcore.Comment",
        "wagtailcore.CommentReply",
        "wagtailcore.PageSubscription",
        "wagtailcore.Page",
        "people.Person",
        "people.User_groups",
        "wagtailcore.PageLogEntry",
        "wagtailcore.ModelLogEntry",
        "correspondence.Closure",
        "correspondence.Look",
        "correspondence.Message",
        "consultations.Consultation",
        "consultations.CalendarFeed",
        "correspondence.Place",
        "questions.Question",
        "questions.Answer",
        "questions.Handling",
        "specialists.Specialist",
        "specialists.Step",
        "correspondence.Report",
        "correspondence.Thread",
        "notifications.Preferences",
        "notifications.Choice",
        "notifications.Notice",
        "notifications.PushSubscription",
    ),
}
UNTOLD = {
    "people.Export": "the export itself",
    "people.User_user_permissions": "what the groups do not say of an administrator",
    "imports.ReferenceImport": "a file on its way in, which goes after a while",
    "wagtailadmin.EditingSession": "which page is open now",
    "wagtailadmin.FormState": "a form that is being filled in now",
    "wagtailcore.APIToken": "of an interface that is not switched on",
    "wagtailcore.Revision": "told by the log",
    "wagtailcore.WorkflowState": "told by the log",
    "wagtailcore.TaskState": "told by the log",
}
# By whom something was last locked, resolved or brought in: the thing is the house's, and the log tells of it.
OF_THE_HOUSE = {"locked_by", "resolved_by", "uploaded_by_user", "checked_by"}


def test_everything_that_knows_whose_account_it_is__is_told_or_named_as_untold() -> None:
    # Also those that give the account no way back to them.
    all_relations = [one for one in User._meta.get_fields(include_hidden=True) if one.auto_created and not one.concrete]
    relations = [one for one in all_relations if one.field.name not in OF_THE_HOUSE]
    assert {one.related_model._meta.label for one in relations} == TOLD | UNTOLD.keys()


def everything_in_the_database() -> Iterator[str]:
    """Give every row of every table as text, and what sessions hold as it can be read."""
    for model in apps.get_models(include_auto_created=True):
        for row in model._default_manager.all().values():
            yield f"{model._meta.label}: {json.dumps(row, default=str)}"
    for session in Session.objects.all():
        yield f"session: {json.dumps(session.get_decoded(), default=str)}"


def test_deletion__says_what_it_means_and_asks_to_be_sure(site: Site) -> None:
    user = factories.reader()
    client = logged_in(user)
    assert "It cannot be undone" in inside_main(client.get("/accounts/delete/"))
    page = client.post("/accounts/delete/")
    assert page.status_code == 422
    assert "Tick this first" in inside_main(page)
    assert User.objects.filter(pk=user.pk).exists()


def test_deletion__leaves_no_word_of_whose_account_it_was(
    site: Site, settings: Any, tmp_path: Any, tasks_done: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    user = factories.reader("planted.reader@example.org")
    user.first_name, user.last_name = "Plantedname", "Plantedfamily"
    user.save()
    EmailAddress.objects.create(user=user, email="planted.other@example.org", verified=False, primary=False)
    profile = UserProfile.get_for_user(user)
    profile.avatar.save("plantedname.png", ContentFile(b"not really"))
    log(user, "wagtail.edit")
    article = factories.article(title="An article that stays", owner=user)
    comment = Comment(page=article, user=user, text="plantedwords beside the page", contentpath="title")
    article.wagtail_admin_comments.add(comment)
    article.save_revision(user=user)
    comment.save()
    comment.log_create(user=user)
    CommentReply.objects.create(comment=comment, user=factories.writer(), text="An answer that stays")
    letter = {"subject": "Something", "recipients": [user.email], "body": ""}
    DBTaskResult.objects.create(
        task_path="cms.review.tasks.send",
        args_kwargs={"args": [letter], "kwargs": {}},
        backend_name="default",
        run_after=timezone.now(),
    )
    client = logged_in(user, "PlantedBrowser/1.0")
    TOTP.activate(user, generate_totp_secret())
    half_way = Client()
    half_way.post("/accounts/login/", {"login": user.email, "password": factories.PASSWORD})
    assert "_auth_user_id" not in half_way.session
    with tasks_done():
        services.ask_for_export(user)
    before = "\n".join(everything_in_the_database())
    assert all(word in before for word in PLANTED)

    with tasks_done():
        services.ask_for_deletion(user)

    left = [row for row in everything_in_the_database() if any(word.lower() in row.lower() for word in PLANTED)]
    assert left == []
    assert [path for path in tmp_path.rglob("*") if "plantedname" in path.name] == []
    assert client.get("/accounts/").status_code == 302
    assert list(CommentReply.objects.values_list("text", flat=True)) == ["An answer that stays"]
    assert Article.objects.filter(title="An article that stays", live=True).exists()


@pytest.mark.parametrize("several", [False, True], ids=["itself", "among several"])
def test_account_that_is_deleted_by_anybody__leaves_what_others_answered(site: Site, several: bool) -> None:
    user = factories.writer("leaves@example.org")
    comment = Comment(page=factories.article(), user=user, text="Words that go", contentpath="title")
    comment.save()
    CommentReply.objects.create(comment=comment, user=factories.publisher(), text="An answer that stays")
    counts = User.objects.filter(pk=user.pk).delete() if several else user.delete()
    assert counts[1]["people.User"] == 1 and not User.objects.filter(pk=user.pk).exists()
    assert list(Comment.objects.values_list("text", flat=True)) == ["…"]
    assert list(CommentReply.objects.values_list("text", flat=True)) == ["An answer that stays"]


def test_deletion__takes_what_somebody_wrote_to_others_and_about_them(
    site: Site, tasks_done: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"), tasks_done():
        pair = two("Plantedwords to a specialist", "Plantedname")
        user, moderator = pair.reader, factories.safety_moderator()
        User.objects.filter(pk=user.pk).update(email="planted.reader@example.org")
        pair.says(pair.helper, "An answer that stays")
        report = reported(pair, "What was reported stays", "Plantedwords about it")
        letters.write_to_team(user, "data", "Plantedwords to the team")
        reporting.look(report, moderator)
        reporting.decide(report, moderator, "close", "A note that stays", "Words that stay")
        letters.delete_for(pair.helper, pair.thread)
    with tasks_done():
        services.ask_for_export(user)
    told = services.read_export(Export.objects.get(user=user))
    assert [one["text"] for one in told["messages"] if one["from"] == "you"] == [
        "Plantedwords to a specialist",
        "Plantedwords to the team",
    ]
    assert {one["you_are_called"] for one in told["conversations"]} == {"Plantedname", ""}
    assert told["reports"][0]["in_your_words"] == "Plantedwords about it"
    assert told["reports"][0]["decision"] == "Close messaging for the account"
    before = "\n".join(everything_in_the_database())
    assert all(word in before for word in ("Plantedwords", "Plantedname", "planted.reader@example.org"))
    # Those who are told of it are told nothing of it, and no log has a word of it.
    in_letters = "\n".join(f"{letter.subject} {letter.body}" for letter in mail.outbox)
    for words in (in_letters, caplog.text):
        assert not any(word in words for word in ("Plantedwords", "Plantedname", "What was reported"))

    with tasks_done():
        services.ask_for_deletion(User.objects.get(pk=user.pk))

    left = [row for row in everything_in_the_database() if "planted" in row.lower()]
    assert left == []
    assert [message.text for message in Message.objects.filter(thread=pair.thread)] == [
        "An answer that stays",
        "What was reported stays",
    ]


def test_what_a_moderator_did__is_told_to_them_and_outlives_their_account(site: Site) -> None:
    moderator, pair = factories.safety_moderator(), two()
    report = reported(pair)
    reporting.look(report, moderator)
    reporting.decide(report, moderator, "nothing", "A note", "")
    asked, _made = letters.write_to_team(pair.reader, "using", "Where is it?")
    team.answer_as_team(asked.thread, moderator, "Under Saved.")
    done = {holding.name: holding.collect(moderator) for holding in holdings()}["letters_work"]
    assert {one["what"] for one in done} == {"answered a letter", "decided a report", "looked at a report"}
    moderator.delete()
    assert [message.text for message in asked.thread.messages.all()] == ["Where is it?", "Under Saved."]
    report.refresh_from_db()
    assert (report.decided_by, report.note) == (None, "A note")
    assert report.looks.get().by is None


def test_what_others_reported__is_told_without_who_it_was(site: Site) -> None:
    pair = two()
    reported(pair, "Send money", "The reader's own words")
    told = {holding.name: holding.collect(pair.helper) for holding in holdings()}["reported"]
    assert told["reports"][0]["reason"] == "It is about money, or it advertises"
    assert "own words" not in json.dumps(told)
    assert pair.reader.email not in json.dumps(told)


def test_account_that_the_team_deletes__leaves_no_more(site: Site, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    user = factories.reader("planted.reader@example.org")
    UserProfile.get_for_user(user).avatar.save("plantedname.png", ContentFile(b"not really"))
    log(user, "wagtail.edit")
    User.objects.filter(pk=user.pk).delete()
    assert [row for row in everything_in_the_database() if PLANTED[0] in row] == []
    assert list(tmp_path.rglob("*.png")) == []


def test_people_who_are_disabled_together__are_logged_out_at_once(site: Site) -> None:
    team = Client()
    team.force_login(factories.administrator())
    user = factories.reader()
    client = logged_in(user)
    answer = team.post(f"/admin/bulk/people/user/set_active_state/?id={user.pk}", {"mark_as_active": "False"})
    assert answer.status_code == 302, answer.content.decode()
    user.refresh_from_db()
    assert not user.is_active
    assert not UserSession.objects.filter(user=user).exists()
    assert client.get("/accounts/").status_code == 302


def test_sign_up_that_nobody_confirmed__goes_after_two_days(site: Site) -> None:
    kept, gone, confirmed = (User.objects.create_user(f"{name}@example.org") for name in ("kept", "gone", "confirmed"))
    for user in (kept, gone, confirmed):
        EmailAddress.objects.create(user=user, email=user.email, verified=user == confirmed, primary=True)
    User.objects.exclude(pk=kept.pk).update(date_joined=timezone.now() - services.UNCONFIRMED_KEPT)
    writer = factories.writer()
    EmailAddress.objects.create(user=writer, email=writer.email, verified=False, primary=True)
    User.objects.filter(pk=writer.pk).update(date_joined=timezone.now() - services.UNCONFIRMED_KEPT)
    assert services.forget_unconfirmed() == 1
    assert not User.objects.filter(pk=gone.pk).exists()


def test_deletion__asked_for_in_the_browser_logs_out_and_says_so(site: Site, tasks_done: Any) -> None:
    user = factories.reader()
    client, elsewhere = logged_in(user), logged_in(user)
    with tasks_done():
        answer = client.post("/accounts/delete/", {"sure": "yes"}, follow=True)
    assert "Your account is deleted" in inside_main(answer)
    assert not User.objects.filter(email=user.email).exists()
    assert elsewhere.get("/accounts/").status_code == 302
    again = Client().post("/accounts/login/", {"login": user.email, "password": factories.PASSWORD})
    assert "not correct" in again.content.decode()


def test_account_that_was_closed_while_no_task_ran__is_deleted_by_the_sweep(site: Site) -> None:
    closed, disabled = factories.reader(), factories.reader("disabled@example.org")
    User.objects.filter(pk=closed.pk).update(is_active=False, closed_at=timezone.now())
    User.objects.filter(pk=disabled.pk).update(is_active=False)
    assert services.erase_closed() == 1
    assert list(User.objects.values_list("email", flat=True)) == ["disabled@example.org"]


def test_what_is_personal__asks_for_the_password_again_after_a_while(site: Site, settings: Any) -> None:
    client = logged_in(factories.reader())
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    for path in ("/accounts/delete/", "/accounts/export/", "/accounts/2fa/totp/activate/"):
        assert client.get(path)["Location"].startswith("/accounts/reauthenticate/?next="), path


def test_second_factor__is_sealed_in_the_database_and_opens_with_older_keys(site: Site, settings: Any) -> None:
    user = factories.reader()
    settings.SEALING_KEYS = ["an old key"]
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    assert secret not in json.dumps(Authenticator.objects.get().data)
    settings.SEALING_KEYS = ["a new key", "an old key"]
    assert services.reseal_all() == 1
    settings.SEALING_KEYS = ["a new key"]
    assert unseal(Authenticator.objects.get().data["secret"]) == secret
