"""News articles out of WARC archives with Spark: the newest headlines, and what could not be read.

usage: spark-submit samples/spark_news.py CC-NEWS-*.warc.gz
       (pip install 'ingest[spark]'; every worker must see the files)
"""

from __future__ import annotations

import sys

from pyspark.sql import SparkSession
from pyspark.sql.functions import col

from ingest.spark import read_warc


def main(paths: list[str]) -> None:
    spark = SparkSession.builder.appName("ingest").getOrCreate()
    pages = read_warc(spark, paths).cache()
    articles = pages.where(col("article").isNotNull())
    articles.select("article.published", "article.publisher", "article.headline").orderBy(
        col("published").desc_nulls_last()
    ).show(20, truncate=60)
    failed = pages.where(col("error").isNotNull())
    print(f"{pages.count()} pages, {articles.count()} articles, {failed.count()} errors")
    failed.select("source.name", "source.position", "error.message").show(20, truncate=80)
    spark.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
