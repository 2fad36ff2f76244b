"""A Scrapy item pipeline: each response becomes its article and its teasers.

ITEM_PIPELINES = {"myproject.pipelines.IngestPipeline": 300}, and a spider that yields {"response": response}.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from scrapy.exceptions import DropItem

import ingest


class IngestPipeline:
    """Puts the record of a page in the place of the item's ``response``.

    A page that can't be read is dropped, and so is one without an article unless INGEST_KEEP_ALL is set.
    INGEST_DATE_ORDER (DMY, MDY, YMD) says how to read 04/05/2024 when the page itself does not.
    """

    def __init__(self, keep_all: bool = False, date_order: str | None = None) -> None:
        self.keep_all = keep_all
        self.date_order = date_order

    @classmethod
    def from_crawler(cls, crawler: Any) -> IngestPipeline:
        settings = crawler.settings
        return cls(settings.getbool("INGEST_KEEP_ALL"), settings.get("INGEST_DATE_ORDER"))

    def process_item(self, item: dict[str, Any]) -> dict[str, Any]:
        response = item.pop("response")
        try:
            page = ingest.parse(
                response.body,
                name=response.url,
                url=response.url,
                retrieved=datetime.now(timezone.utc).isoformat(timespec="seconds"),
                date_order=self.date_order,
            )
        except ingest.InputError as error:
            raise DropItem(f"{response.url}: {error}") from None
        if page.article is None and not self.keep_all:
            raise DropItem(f"{response.url}: no article")
        return {**item, **page.to_dict()}
