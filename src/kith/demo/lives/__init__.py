"""What happened in Severnmouth over two and a half years: true events, before any agency writes them down."""

from kith.demo.lives.at_home import add_crimes_at_home
from kith.demo.lives.groups import make_groups
from kith.demo.lives.health import make_health
from kith.demo.lives.help import make_help
from kith.demo.lives.missing import make_missing
from kith.demo.lives.school import make_school_life
from kith.demo.lives.social_care import make_social_care
from kith.demo.lives.streets import make_streets

LIVES = (
    make_groups,
    make_social_care,
    make_missing,
    make_streets,
    add_crimes_at_home,
    make_school_life,
    make_health,
    make_help,
)
