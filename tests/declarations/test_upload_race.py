"""A file that meets a form: the import waits for it, and then finds what it recorded."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from bs4 import BeautifulSoup
from django.db import connection, transaction
from django.test import Client

from declarations.models import RecordedCompletion
from tests.builders import make_teacher
from tests.config.processes import wait_until
from tests.databases import another_waits
from tests.declarations.uploading import COMPLETIONS, found, member, seal_of, send

pytestmark = pytest.mark.django_db(transaction=True)
FILE = b"trn,kind\n0000001,early_roll_out\n0000002,early_roll_out\n"


def send_from_elsewhere(browser: Client, seal: str) -> BeautifulSoup:
    """Send the file over this thread's own connection."""
    try:
        return send(browser, COMPLETIONS, FILE, seal)
    finally:
        connection.close()


def test_a_row_recorded_by_somebody_else_at_the_same_moment(client):
    one, _ = make_teacher(trn="0000001"), make_teacher(trn="0000002")
    member(client, superuser=True)
    seal = seal_of(send(client, COMPLETIONS, FILE))
    with ThreadPoolExecutor(max_workers=1) as pool:
        with transaction.atomic():
            RecordedCompletion.objects.create(teacher=one, kind="early_roll_out")
            sent = pool.submit(send_from_elsewhere, client, seal)
            wait_until(another_waits, "the import has met what is not committed yet")
        page = sent.result()
    assert found(page).counts == (1, 1, 0)
    assert RecordedCompletion.objects.count() == 2
