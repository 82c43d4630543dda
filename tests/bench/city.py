"""The city of the benchmark: its 60 sites and their columns.

A column is a dict as in site.yaml. A leaf that owns a folder of the library
has `folder`; one that only gathers from other units has `gathers`.
"""

PLATFORM = """\
name: 示范市政府网站集约化平台
portal: www
time_zone: "+08:00"
language: zh-CN
archive_stamp: 内容已保存
notice: 本网站为测试数据，机构、人员、事件、文号和电话均为虚构。
leave_exempt: [.gov.cn, .政务]
page_size: 20
feed_size: 20
"""

# id, name after the city's name, the word in document numbers
DEPARTMENTS = [line.split() for line in """
fgw 发展和改革委员会 发改
jyj 教育局 教
kjj 科学技术局 科
gxj 工业和信息化局 工信
mzw 民族宗教事务局 民宗
gaj 公安局 公
mzj 民政局 民
sfj 司法局 司
czj 财政局 财
rsj 人力资源和社会保障局 人社
zrj 自然资源局 自然资
sthj 生态环境局 环
zjj 住房和城乡建设局 建
cgj 城市管理局 城管
jtj 交通运输局 交
slj 水利局 水
nyj 农业农村局 农
swj 商务局 商
wlj 文化和旅游局 文旅
wjw 卫生健康委员会 卫
tyrj 退役军人事务局 退役
yjj 应急管理局 应急
sjj 审计局 审
wsb 外事办公室 外
gzw 国有资产监督管理委员会 国资
scj 市场监督管理局 市监
tyj 体育局 体
tjj 统计局 统
ybj 医疗保障局 医保
xfj 信访局 信
jrj 金融工作局 金
rfb 人民防空办公室 人防
lyj 林业局 林
ylj 园林绿化局 园
dsjj 大数据发展服务局 数
xzspj 行政审批服务局 行审
jgswj 机关事务管理局 机管
fpb 乡村振兴局 乡振
lsj 粮食和物资储备局 粮
nyzj 能源局 能
zscq 知识产权局 知
gjjzx 住房公积金管理中心 公积金
tzcj 投资促进局 投促
daj 档案局 档
dzj 地震局 震
qxj 气象局 气
yzj 邮政管理局 邮
xfjy 消防救援支队 消
hgj 口岸办公室 口岸
swzj 税务局 税
hwj 环境卫生管理局 环卫
fybj 妇幼保健中心 妇幼
wwj 文物局 文物
zcy 政策研究室 研
kpj 科学普及中心 科普
""".strip().splitlines()]

COUNTIES = [("sfx", "示范县", "示县"), ("qhx", "清河县", "清县"),
            ("dsx", "东山县", "东县"), ("nhq", "南湖区", "南区")]

# of a resource's kind: class of its column, update cycle
CLASSES = {
    "news": ("news", "14d"), "notice": ("notice", "6m"),
    "policy": ("policy", "6m"), "interpretation": ("interpretation", "6m"),
    "service": ("service", "12m"), "organ": ("static", "12m"),
    "profile": ("static", "12m"),
}


def leaf(folder, name, kind, share, audience=None):
    """A column over a folder; `share` is its part of the unit's resources."""
    return {"id": folder, "folder": folder, "name": name, "kind": kind,
            "share": share, "audience": audience}


def gathering(column, name, kind, groups):
    """A column that lists what the sites of these kinds publish."""
    return {"id": column, "name": name, "kind": kind, "gathers": groups}


def parent(column, name, kind, children):
    return {"id": column, "name": name, "kind": kind, "columns": children}


def services(split):
    if not split:
        return leaf("bsfw", "办事服务", "service", 8)
    return parent("bsfw", "办事服务", "service", [
        leaf("grfw", "个人服务", "service", 5, "自然人"),
        leaf("frfw", "法人服务", "service", 3, "法人")])


def department_columns(number):
    """8, 10, 11, 12 or 14 columns."""
    shape = number % 5
    public = [leaf("jgzn", "机构职能", "organ", 0),
              leaf("zcwj", "政策文件", "policy", 9),
              leaf("zcjd", "政策解读", "interpretation", 5),
              leaf("gkzn", "公开指南", "profile", 0)]
    tops = [leaf("gzdt", "工作动态", "news", 44)]

    if shape != 0:
        tops.append(leaf("jcdt", "基层动态", "news", 13))
        public.append(leaf("ndbg", "年度报告", "profile", 0.5))
    tops.append(leaf("tzgg", "通知公告", "notice", 20))
    if shape in (2, 4):
        tops.append(leaf("zkzp", "招考招标", "notice", 4))
    if shape == 4:
        tops.append(leaf("ywzl", "业务专栏", "news", 6))
    return tops + [parent("gk", "政务公开", "policy", public),
                   services(shape in (3, 4))]


PORTAL_COLUMNS = [
    parent("yw", "要闻动态", "news", [
        leaf("zwyw", "政务要闻", "news", 50),
        leaf("tzgg", "通知公告", "notice", 18),
        gathering("bmdt", "部门动态", "news", ["department"]),
        gathering("xqdt", "县区动态", "news", ["county"])]),
    parent("gk", "政务公开", "policy", [
        leaf("jgzn", "机构职能", "organ", 0),
        leaf("zcwj", "政策文件", "policy", 18),
        gathering("zcwjk", "政策文件库", "policy",
                  ["portal", "department", "county"]),
        leaf("zcjd", "政策解读", "interpretation", 8),
        leaf("gkzn", "公开指南", "profile", 0),
        leaf("ndbg", "年度报告", "profile", 1)]),
    parent("fw", "政务服务", "service", [
        gathering("bsfw", "办事指南", "service", ["department", "county"])]),
]

COUNTY_COLUMNS = [
    parent("yw", "要闻动态", "news", [
        leaf("zwyw", "政务要闻", "news", 36),
        leaf("xzdt", "乡镇动态", "news", 22),
        leaf("tzgg", "通知公告", "notice", 18)]),
    parent("gk", "政务公开", "policy", [
        leaf("jgzn", "机构职能", "organ", 0),
        leaf("zcwj", "政策文件", "policy", 9),
        leaf("zcjd", "政策解读", "interpretation", 5),
        leaf("gkzn", "公开指南", "profile", 0),
        leaf("ndbg", "年度报告", "profile", 0.5)]),
    services(True),
]


def sites():
    """All sites: the portal, the departments, the counties."""
    rows = [{"id": "www", "unit": "szf", "kind": "portal", "word": "示政",
             "name": "示范市人民政府", "domain": "www.shifan.gov.cn",
             "weight": 8.0, "columns": PORTAL_COLUMNS}]
    for number, (unit, name, word) in enumerate(DEPARTMENTS):
        rows.append({"id": unit, "unit": unit, "kind": "department",
                     "word": "示" + word, "name": "示范市" + name,
                     "domain": f"{unit}.shifan.gov.cn",
                     "weight": 0.6 + (number * 7 % 11) / 6,
                     "columns": department_columns(number)})
    for unit, name, word in COUNTIES:
        rows.append({"id": unit, "unit": unit, "kind": "county",
                     "word": word + "政", "name": name + "人民政府",
                     "domain": f"www.{unit}.gov.cn", "weight": 5.0,
                     "columns": COUNTY_COLUMNS})
    for number, row in enumerate(rows, 1):
        row["number"] = number
    return rows


def leaves(columns, under=""):
    """(path, column) of every column that selects, in tree order."""
    for column in columns:
        path = under + column["id"]
        if "columns" in column:
            yield from leaves(column["columns"], path + "/")
        else:
            yield path, column


def count_columns(columns):
    return sum(1 + count_columns(column.get("columns", []))
               for column in columns)


def select_text(site, column, all_sites):
    """The `select` of a leaf."""
    kind = column["kind"]
    if "gathers" in column:
        units = ", ".join(other["unit"] for other in all_sites
                          if other["kind"] in column["gathers"])
        return f"{{unit: [{units}], type: {kind}}}"
    return (f"{{unit: {site['unit']}, type: {kind}, "
            f"keyword: {column['name']}}}")


def column_lines(site, columns, all_sites, indent):
    pad = " " * indent
    for column in columns:
        kind, cycle = CLASSES[column["kind"]]
        yield f"{pad}- id: {column['id']}"
        yield f"{pad}  name: {column['name']}"
        yield f"{pad}  class: {kind}"
        yield f"{pad}  description: {site['name']}{column['name']}"
        yield f"{pad}  keywords: [{site['name']}, {column['name']}]"
        yield f"{pad}  owner_unit: 办公室"
        yield f"{pad}  editors: {{a: 编辑一岗, b: 编辑二岗}}"
        if "columns" in column:
            yield f"{pad}  columns:"
            yield from column_lines(site, column["columns"], all_sites,
                                    indent + 4)
            continue
        yield f"{pad}  select: {select_text(site, column, all_sites)}"
        if column["kind"] in ("service", "organ"):
            yield f"{pad}  layout: {column['kind']}s"
        yield f"{pad}  update_cycle: {cycle}"


BLOCKS = {"news": "list", "notice": "list", "policy": "policies",
          "interpretation": "list", "service": "services"}


def home_blocks(site):
    """(column path, block, count) of the site's home page."""
    rows = [(path, BLOCKS[column["kind"]], 6)
            for path, column in leaves(site["columns"])
            if column["kind"] in BLOCKS]
    rows[0] = (rows[0][0], "lead", 6)
    return rows


def site_yaml(site, all_sites):
    """The text of sites/<id>/site.yaml."""
    code = f"{site['number']:04d}"
    lines = [
        f"kind: {site['kind']}", f"name: {site['name']}",
        f"domain: {site['domain']}", f"chinese_domain: {site['name']}.政务",
        f'identity_code: "619900{code}"', "state: live",
        f"units: [{site['unit']}]", "language: zh-CN",
        f"sponsor: {site['name']}", f"operator: {site['name']}办公室",
        f'phone: "(0000) 1200 {code}"',
        f"address: 示范市政务大道{site['number']}号", 'postcode: "000000"',
        f"icp: 示ICP备0000{code}号-1",
        f"police_record: 示公网安备0000000000{code}号",
        f'conac: "61990000000000{code}"', "ipv6: true",
        f"description: {site['name']}网站，发布政务信息，提供政务服务。",
        f"keywords: [{site['name']}, 政务公开, 政务服务]", "links:",
        '  - {name: 中国政府网, url: "https://www.gov.cn/"}',
        '  - {name: 示范市公共图书馆, url: "https://library.example.org/"}',
        "home:"]
    lines += [f"  - {{column: {path}, as: {block}, limit: {count}}}"
              for path, block, count in home_blocks(site)]
    lines.append("columns:")
    lines += column_lines(site, site["columns"], all_sites, 2)
    return "\n".join(lines) + "\n"
