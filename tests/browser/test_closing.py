"""No test waits for ever for its page to close."""

from tests.browser.conftest import close


def test_a_page_is_closed_while_its_next_document_comes(new_context, live_server):
    context = new_context(base_url=live_server.url)
    for _ in range(6):
        page = context.new_page()
        page.goto("/privacy")
        page.goto("/accessibility", wait_until="commit")
        close(page)
        assert page.is_closed()
