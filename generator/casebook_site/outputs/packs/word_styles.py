"""Names of the styles in the Word template: what an office may restyle, and must not rename."""

BODY = "资料正文"
LEAD = "资料导语"
SUBTITLE = "资料副题"
LABEL = "资料小标签"
NOTE = "资料附注"
QUOTE = "资料引文"
CODE = "资料代码"
LISTS = ("资料列表一", "资料列表二", "资料列表三")
INTERNAL = "内部备注"
CELL = "表格文字"
HEAD_CELL = "表格表头"
SOURCE = "来源条目"
BLANK = "填写横线"
PICTURE = "资料图片"
CONTENTS = "目录标题"
AUDIT = "资料版记"
COVER_SUBTITLE = "封面副题"
COVER_LINE = "封面文字"
TABLE = "资料表格"
STRONG = "着重"
EMPHASIS = "强调"
CITE = "引用编号"

PARAGRAPHS = (
    *(BODY, LEAD, SUBTITLE, LABEL, NOTE, QUOTE, CODE, *LISTS, INTERNAL, CELL, HEAD_CELL, SOURCE),
    *(BLANK, PICTURE, CONTENTS, "Caption", "TOC 1", "TOC 2"),
)
HEADINGS = ("Heading 1", "Heading 2", "Heading 3", "Heading 4")
CHARACTERS = (STRONG, EMPHASIS, CITE)

NEEDED = (*PARAGRAPHS, *HEADINGS, *CHARACTERS, TABLE)
"""Every style without which a pack cannot be written."""
