"""Every problem code in one sentence, with what is wrong and what is right.

The titles stand in `problems.CODES`; a test holds the two tables against each other, and gives what
is YAML here to the parser.
"""

from __future__ import annotations

from typing import NamedTuple


class Example(NamedTuple):
    """What an editor is told about a code."""

    advice: str
    wrong: str
    """As it stands in a file, a cell or a folder; several lines where needed."""
    right: str


EXAMPLES: dict[str, Example] = {
    # --- files and YAML ---
    "CB101": Example("文件须存在且可读。", "指向已删除文件的快捷方式", "放入文件本身"),
    "CB102": Example(
        "一个文件不超过 1 MB；列表过长就拆成几个文件。",
        "villages/all.yml（3 MB）",
        "villages/jia.yml、villages/yi.yml，各在 1 MB 以内",
    ),
    "CB103": Example("另存为 UTF-8 编码。", "记事本以 ANSI（GBK）保存", "记事本以 UTF-8 保存"),
    "CB104": Example("文件里至少写一条记录；不用的文件删去。", "# 只有注释", "name: 甲县"),
    "CB105": Example(
        "缩进用空格，不用制表符（Tab 键）。", "contact:\n\tname: 值班室", "contact:\n  name: 值班室"
    ),
    "CB106": Example(
        "冒号用半角，冒号后空一格；有特殊符号的值加引号。",
        "id: jia\nname：甲县",
        "id: jia\nname: 甲县",
    ),
    "CB107": Example(
        "同一级里一个字段只写一次。", "name: 甲县\nname: 甲市", "name: 甲县\naliases: [甲市]"
    ),
    "CB108": Example(
        "每条记录把内容写全，不用锚点（&）、别名（*）和合并键（<<）。",
        "name: &name 甲县\nsummary: *name",
        "name: 甲县\nsummary: 甲县在山区。",
    ),
    "CB109": Example("值前不写类型标签（!）。", "name: !!str 甲县", "name: 甲县"),
    "CB110": Example("yes、no、日期和数字要当文字用时加引号。", "name: no", 'name: "no"'),
    "CB111": Example(
        "层次不超过 20 层；记录最多也只用四五层。",
        "name: [[[[[[[[[[[[[[[[[[[[[甲]]]]]]]]]]]]]]]]]]]]]",
        "aliases: [甲]",
    ),
    "CB112": Example(
        "一个文件一份文档，几条记录写成列表。", "id: jia\n---\nid: yi", "- id: jia\n- id: yi"
    ),
    "CB113": Example(
        "记录放在 content/records/ 下本类别的文件夹里，扩展名 .yml。",
        "content/records/schools/a.yaml",
        "content/records/party-schools/a.yml",
    ),
    "CB114": Example(
        "这是程序的毛病，不是内容的：把 .casebook/report.txt 发给维护者，里面没有记录的文字。",
        "程序遇到没有料到的写法，这个文件读不下去",
        "先把这个文件移开，其余照常做；程序改好后再放回来",
    ),
    # --- fields ---
    "CB201": Example("补上必填字段。", "id: jia", "id: jia\nname: 甲县"),
    "CB202": Example(
        "只写手册里有的字段；多半是写错了字母。", "adress: 甲镇一号", "address: 甲镇一号"
    ),
    "CB203": Example(
        "照字段说明的写法写：数字不带单位和千分位，文字不写成列表。",
        "capacity: 80人",
        "capacity: 80",
    ),
    "CB204": Example("从可选的值里选一个。", "category: industrial", "category: industry"),
    "CB205": Example("日期写作年、年月或年月日。", "updated: 2022年3月", "updated: 2022-03"),
    "CB206": Example(
        "编号用小写英文字母、数字、短横线、下划线，以字母或数字开头和结尾；与文件名相同。",
        "id: 甲县",
        "id: jia",
    ),
    "CB207": Example(
        "同一类别里编号不重复。",
        "- {id: jia, name: 甲村}\n- {id: jia, name: 乙村}",
        "- {id: jia, name: 甲村}\n- {id: yi, name: 乙村}",
    ),
    "CB208": Example(
        "代码的位数和上级与代码体系一致：县 6 位，镇街 9 位，村 12 位。",
        'codes: [{system: nbs-2023, value: "37032310"}]',
        'codes: [{system: nbs-2023, value: "370323100"}]',
    ),
    # --- links ---
    "CB301": Example(
        "链接写对方的编号；对方须已有记录，类别也要对。", "county: yiyuann", "county: yiyuan"
    ),
    "CB302": Example(
        "公开的记录不能离不开内部记录。",
        "audience: public\nsource: neibu-baobiao   # 该来源为 internal",
        "audience: internal\nsource: neibu-baobiao",
    ),
    "CB303": Example(
        "正文链接只用 http、https、相对路径或 record:类别/编号。",
        "[朱家户村](record:village/no-such)",
        "[朱家户村](record:village/yanya-zhujiahu)",
    ),
    "CB304": Example(
        "文件放在 content/media/ 下，名称用小写英文，内容与扩展名相符，图里没有脚本。",
        "file: 照片.jpg",
        "file: juzhen/park-01.jpg",
    ),
    "CB305": Example(
        "曾用编号写法与编号相同，不与现有记录重复。",
        "former_ids: [yi]   # yi 现在是另一条记录",
        "former_ids: [jia-old]",
    ),
    # --- what belongs together ---
    "CB401": Example(
        "村、镇街、县市要上下一致。",
        "county: yiyuan\ntownship: juzhen   # 属禹城市",
        "county: yucheng\ntownship: juzhen",
    ),
    "CB402": Example(
        "龙头村也要写进成员村。",
        "lead_village: zi\nmembers: [chou]",
        "lead_village: zi\nmembers: [zi, chou]",
    ),
    "CB403": Example(
        "每个数字都写来源和截至日期。",
        "value: 23\nunit: 个",
        'value: 23\nunit: 个\nas_of: "2022-03"\nsource: seed',
    ),
    "CB404": Example(
        "五项规定动作、教学点现场教学都要有；一个环节只属一样。",
        "sessions:\n  - title: 重温入党誓词   # 没写属于哪一样",
        "sessions:\n  - title: 重温入党誓词\n    prescribed: oath",
    ),
    "CB405": Example("普通党员每年至少 1 天，村干部至少 2 天。", "cadre_days: 1", "cadre_days: 2"),
    "CB406": Example(
        "B 级来源只写媒体名，不给链接。",
        "grade: B\nurl: https://example.org/a",
        "grade: B\npublisher: 某某日报",
    ),
    "CB408": Example(
        "结束不早于开始，查阅不早于发布。",
        "begins: 2022-05-07\nends: 2022-05-06",
        "begins: 2022-05-06\nends: 2022-05-07",
    ),
    "CB409": Example(
        "两条互相矛盾的数据都要指明对方。",
        "a：conflicts_with: [b]；b：未写",
        "a：conflicts_with: [b]；b：conflicts_with: [a]",
    ),
    "CB411": Example(
        "公开的文字里不写身份证号、手机号、银行卡号、个人邮箱、车牌号和出生日期；单位对外的电话写在 public_phone，个人的写在只给内部看的字段。",
        "transport: 找老张，13900001234",
        'public_phone: "0533-1234567"',
    ),
    "CB412": Example(
        "用词、标点和数字按 content/wording.yml 和程序自带的用词表写；引文等确实不改的，写进 exceptions，说明理由。",
        "summary: 镇党委布署了三、四项工作,一年完成。",
        "summary: 镇党委部署了三四项工作，一年完成。",
    ),
    # --- 三审三校 ---
    "CB421": Example("审次的名称与 mkdocs.yml 里 review 写的一样。", "step: 初申", "step: 初审"),
    "CB422": Example(
        "同一稿的两审由两个岗位签。",
        "初审 post: 组织科；复审 post: 组织科",
        "初审 post: 组织科；复审 post: 党建办",
    ),
    "CB423": Example(
        "签审文件与记录同名；记录删了，它也删去。",
        "reviews/terms/no-such-term.yml",
        "reviews/terms/lian-cun.yml",
    ),
    "CB424": Example(
        "各审各校都签完才能公开；签后改过的要再签。",
        "签了初审，没有签复审",
        "casebook review sign term/lian-cun --step 复审 --post 党建办",
    ),
    "CB425": Example(
        "每次签审写岗位（不写人名），退回还要写意见。",
        "step: 初审\nrefused: true",
        "step: 初审\npost: 组织科\nrefused: true\nnote: 日期没有来源",
    ),
    # --- hand-written pages ---
    "CB501": Example(
        "页面里的记录链接和关键数据须指向已有的记录。",
        "[某村](record:village/nowhere)",
        "[朱家户村](record:village/yanya-zhujiahu)",
    ),
    "CB502": Example(
        "页首信息（两行 --- 之间）照说明写。",
        "---\nkey_figures: a\n---",
        "---\nkey_figures: [a]\n---",
    ),
    "CB503": Example(
        "控制字符和改变文字方向的字符看不见，多半是从别处粘贴来的，删去即可。",
        "甲县（中间有一个 U+202E）",
        "甲县",
    ),
    # --- the schematic map ---
    "CB601": Example(
        "本县每个镇街在示意图上都有一格。",
        "tiles 里没有南鲁山镇",
        "- {township: nanlushan, column: 1, row: 0}",
    ),
    "CB602": Example(
        "格子只写本县的镇街。",
        "county: yiyuan\ntiles:\n  - {township: juzhen, column: 1, row: 0}",
        "county: yiyuan\ntiles:\n  - {township: nanlushan, column: 1, row: 0}",
    ),
    "CB603": Example(
        "一处只放一格。",
        "- {township: a, column: 1, row: 0}\n- {township: b, column: 1, row: 0}",
        "- {township: a, column: 1, row: 0}\n- {township: b, column: 2, row: 0}",
    ),
    "CB604": Example(
        "一个镇街、一个县市只写一次。",
        "- {township: a, column: 1, row: 0}\n- {township: a, column: 2, row: 0}",
        "- {township: a, column: 1, row: 0}",
    ),
    "CB605": Example(
        "县市要有行政代码，代码要在六边形示意图上。",
        "name: 甲县   # 没有 codes",
        'name: 甲县\ncodes: [{system: nbs-2023, value: "370323"}]',
    ),
    "CB606": Example("示意图写明已有记录的县市。", "county: yiyuann", "county: yiyuan"),
    # --- coordinates ---
    "CB651": Example(
        "东经在前，北纬在后。",
        "coordinates: {longitude: 36.18, latitude: 118.17, precision: 100}",
        "coordinates: {longitude: 118.17, latitude: 36.18, precision: 100}",
    ),
    "CB652": Example(
        "经纬度写成小数的度数，须在中国范围内。", "longitude: 2.35", "longitude: 118.17"
    ),
    "CB653": Example(
        "坐标须在所属县市内；核对坐标，或改正县市。",
        "county: yiyuan\ncoordinates: {longitude: 116.63, latitude: 36.93, precision: 100}",
        "county: yiyuan\ncoordinates: {longitude: 118.17, latitude: 36.18, precision: 100}",
    ),
    "CB654": Example(
        "从高德、腾讯、百度地图抄来的坐标要写坐标系。",
        "coordinates: {longitude: 118.17, latitude: 36.18, precision: 100}   # 抄自高德",
        "coordinates: {longitude: 118.17, latitude: 36.18, system: gcj-02, precision: 100}",
    ),
    # --- synonyms ---
    "CB671": Example("一组同义词至少两个词。", "- [联村党委]", "- [联村党委, 联合党委]"),
    "CB672": Example("每个词至少两个字。", "- [村, 庄]", "- [村庄, 村落]"),
    "CB673": Example(
        "一个词只在一组里。", "- [村庄, 村落]\n- [村庄, 自然村]", "- [村庄, 村落, 自然村]"
    ),
    # --- vocabularies ---
    "CB681": Example(
        "词表文件的名称是定好的，一个词表一个文件。",
        "content/vocabularies/category.yml",
        "content/vocabularies/categories.yml",
    ),
    "CB682": Example(
        "各选项的编号、名称、别的叫法都不同。",
        "- {id: banner, title: 旗}\n- {id: banner, title: 苏木}",
        "- {id: banner, title: 旗}\n- {id: sumu, title: 苏木}",
    ),
    "CB683": Example(
        "颜色加引号，写六位小写十六进制；对比度在 4.5 以上，彼此分得清。",
        'colour: "#eeeeee"',
        'colour: "#0f5f6b"',
    ),
    "CB684": Example(
        "记号一个字，形状和记号各不相同，至多 12 个；只有类别有记号。", "mark: 非遗", "mark: 遗"
    ),
    "CB685": Example(
        "有些词表程序逐项用到，只能改名称，不能增减。",
        "mode: replace\nchoices: [{id: exact, title: 确数}]",
        "mode: extend\nchoices: [{id: exact, title: 准数}]",
    ),
    # --- bundles ---
    "CB701": Example(
        "重新解压，解压时选“全部”；仍缺就重新拷贝离线包。", "只解压了封面", "解压全部文件"
    ),
    "CB702": Example(
        "文件与清单不符：拷贝出错或被改过，重新拷贝。", "改过的 index.html", "发布时的 index.html"
    ),
    "CB703": Example(
        "删去离线包文件夹里后来放进去的文件。", "离线包文件夹里的 笔记.docx", "笔记另放一个文件夹"
    ),
    "CB704": Example(
        "签名不符就不要使用，向发布单位索取原件。", "来历不明的离线包", "发布单位给的离线包和公钥"
    ),
    # --- print ---
    "CB801": Example("换用字体里有的字，或请技术人员补字体。", "name: 甲县😀", "name: 甲县"),
    "CB802": Example(
        "换一张能打开的 JPEG 或 PNG 图片。", "只下载了一半的 park-01.jpg", "完整的 park-01.jpg"
    ),
    # --- spreadsheets ---
    "CB901": Example(
        "用 Excel、WPS 或 LibreOffice 另存为 .xlsx、.ods 或 .csv。",
        "加了密码的 教学点.xlsx",
        "不加密码的 教学点.xlsx",
    ),
    "CB902": Example(
        "不改工作表名和列标题；自己的列请放到别的文件里。", "列标题“地址（新）”", "列标题“地址”"
    ),
    "CB903": Example("把公式换成它的值：复制，选择性粘贴，数值。", "=A1+B1", "80"),
    "CB904": Example("几条记录同名时写编号。", "镇街：城关镇", "镇街：jia-chengguan"),
    "CB905": Example(
        "写上这一行所属记录的编号或名称。", "编号和名称两格都空着", "名称：朱家户村教学点"
    ),
    "CB906": Example(
        "保留文件里的加 --ours，用表里的加 --theirs。",
        "casebook import 教学点.xlsx",
        "casebook import 教学点.xlsx --ours",
    ),
    "CB907": Example(
        "在 content/imports/ 的对应办法里，把空着的几处写上。",
        "columns:\n  类型:",
        "columns:\n  类型: category",
    ),
}
"""Code → what an editor is told."""
