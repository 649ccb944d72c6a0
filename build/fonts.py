#!/usr/bin/python3
"""Makes the packaged fonts of the box app: static/fonts/*.woff2.

The results are committed, so this runs only when the set of characters
changes. It needs Debian's python3-fonttools, python3-brotli and
fonts-noto-cjk:

    /usr/bin/python3 build/fonts.py             make the fonts
    /usr/bin/python3 build/fonts.py --check DIR which characters of the texts
                                                below DIR have no glyph

Which characters:
  regular  GB/T 2312 levels 1 and 2, its symbols, and build/fonts-extra.txt
           (the rest of the 2013 table of general standard characters, signs
           of official documents, characters met in real regulations)
  bold     the same without the rest of the 2013 table: titles and labels are
           bold, names of people seldom
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / 'static' / 'fonts'
SOURCE = Path('/usr/share/fonts/opentype/noto')

# Position of the simplified-Chinese face in Debian's collections.
SIMPLIFIED_CHINESE = 2


def gb2312_rows(first: int, last: int) -> set[str]:
    """The characters of GB/T 2312 in these rows (区), both included."""
    found = set()
    for row in range(first, last + 1):
        for cell in range(1, 95):
            try:
                found.add(bytes([row + 0xA0, cell + 0xA0]).decode('gb2312'))
            except UnicodeDecodeError:
                pass  # an empty cell
    return found


def extra() -> dict[str, set[str]]:
    """fonts-extra.txt: `[name]` opens a part, `#` a comment line."""
    parts: dict[str, set[str]] = {}
    name = ''
    for line in (HERE / 'fonts-extra.txt').read_text(encoding='utf-8').splitlines():
        if line.startswith('#') or not line.strip():
            continue
        if line.startswith('[') and line.rstrip().endswith(']'):
            name = line.strip()[1:-1]
            parts[name] = set()
        else:
            parts[name] |= set(line) - {' '}
    return parts


def wanted(weight: str) -> set[str]:
    latin = {chr(c) for c in [*range(0x20, 0x7F), *range(0xA0, 0x100)]}
    # Rows 1 to 3: punctuation, numbered signs, full-width Latin; 6: Greek (units
    # of measure); 8: letters of pinyin with tones; 9: box drawing (tables).
    symbols = gb2312_rows(1, 3) | gb2312_rows(6, 6) | gb2312_rows(8, 9)
    parts = extra()
    if weight == 'Bold':
        parts.pop('standard')
    return latin | symbols | gb2312_rows(16, 87) | set().union(*parts.values())


def make(weight: str) -> None:
    font = TTFont(SOURCE / f'NotoSansCJK-{weight}.ttc', fontNumber=SIMPLIFIED_CHINESE, recalcTimestamp=False)
    options = subset.Options()
    options.flavor = 'woff2'
    # Hints are for small sizes on paper-white screens: a television shows 33 px and more.
    options.hinting = False
    options.desubroutinize = True
    # A canvas uses no other feature; punctuation is compressed by position.
    options.layout_features = ['kern', 'ccmp']
    options.drop_tables += ['vhea', 'vmtx', 'VORG', 'BASE']
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    characters = wanted(weight)
    has = font.getBestCmap()
    absent = sorted(c for c in characters if ord(c) not in has)
    if absent:
        print(f'{weight}: no glyph in the source font for', ' '.join(f'U+{ord(c):04X}' for c in absent))
    subsetter.populate(unicodes=[ord(c) for c in characters])
    subsetter.subset(font)
    file = OUT / f'NotoSansSC-{weight}.woff2'
    subset.save_font(font, file, options)
    print(f'{file.name}: {font["maxp"].numGlyphs} glyphs, {file.stat().st_size} bytes')


def check(folder: Path) -> int:
    """Prints what the packaged regular font lacks; 1 when it lacks something."""
    has = TTFont(OUT / 'NotoSansSC-Regular.woff2').getBestCmap()
    missing: dict[str, str] = {}
    for file in sorted(p for p in folder.rglob('*') if p.suffix in ('.md', '.json', '.yaml', '.txt')):
        for character in file.read_text(encoding='utf-8'):
            if ord(character) >= 0x20 and character != '\ufeff' and ord(character) not in has:
                missing.setdefault(character, file.name)
    for character, name in sorted(missing.items()):
        print(f'{character} U+{ord(character):04X} first in {name}')
    print(f'{len(missing)} characters missing')
    return 1 if missing else 0


if __name__ == '__main__':
    if sys.argv[1:2] == ['--check']:
        sys.exit(check(Path(sys.argv[2])))
    OUT.mkdir(parents=True, exist_ok=True)
    for each in ('Regular', 'Bold'):
        make(each)
