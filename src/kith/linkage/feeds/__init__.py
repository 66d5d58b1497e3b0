"""Feeds: what an agency's regular file looks like, read row by row and checked. Plain Python; knows no database."""
