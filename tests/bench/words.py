"""Word and sentence tables, and the bodies made from them.

Everything is fictional. A body is a pure function of the random generator it
is given, so that an article has the same text in every run and process.

To fill the gaps of a sentence costs more than all the rest, so the sentences
that articles choose from are filled once, when this module is loaded.
"""

import random

WORKS = [
    "优化营商环境", "老旧小区改造", "安全生产检查", "森林防火", "防汛备汛",
    "义务教育招生", "就业帮扶", "医疗保障经办", "养老服务", "农村道路养护",
    "垃圾分类", "河湖管护", "耕地保护", "秸秆综合利用", "项目建设",
    "招商引资", "政务公开", "数据共享", "文物保护", "全民阅读",
    "食品安全抽检", "农产品质量监测", "燃气安全排查", "供热保障", "交通疏导",
    "校园安全", "职业技能培训", "退役军人服务", "残疾人康复", "统计调查",
    "信用体系建设", "知识产权保护", "绿色建筑推广", "公共机构节能", "标准化试点",
    "电动自行车整治", "应急演练", "矛盾纠纷化解", "法治宣传", "志愿服务",
]
PLACES = [
    "清河镇", "东山镇", "柳林镇", "白石镇", "南湖街道", "北苑街道", "新桥镇",
    "金沙镇", "云岭乡", "长堤街道", "学府街道", "数谷街道", "西河镇", "石桥乡",
    "枫林镇", "望江街道", "安平镇", "和顺乡", "永丰街道", "开阳镇",
]
GROUPS = [
    "企业", "居民", "学生", "老年人", "农户", "个体工商户", "新市民", "职工",
    "残疾人", "退役军人", "高校毕业生", "小微企业",
]
MEANS = [
    "网上平台", "手机端", "服务窗口", "热线电话", "现场走访", "座谈会",
    "联席会议", "入户调查", "专家评审", "第三方评估",
]
RESULTS = [
    "办理时限压缩", "申报材料精简", "群众满意度提高", "问题整改到位",
    "服务覆盖面扩大", "制度机制健全", "风险隐患减少", "工作效率提升",
]
GOODS = [
    "台账", "清单", "预案", "责任书", "公示栏", "工作专班", "联络员",
    "信息系统", "档案", "意见箱",
]
TOPICS = [
    r"科技、教育\教育", r"劳动、人事、监察\社会保障", r"综合政务\政务公开",
    r"劳动、人事、监察\其他", r"劳动、人事、监察\人事工作",
]

SENTENCES = [
    "{place}围绕{work}，组织{n}名工作人员通过{means}了解{group}需求，"
    "梳理意见建议{m}条，逐条明确责任单位和完成时限。",
    "截至{month}月底，全市累计完成{work}任务{n}项，占年度计划的{p}%，"
    "比上年同期提高{q}个百分点。",
    "会议强调，要把{work}摆在突出位置，坚持问题导向，建立{goods}，"
    "做到一月一调度、一季一通报。",
    "针对{group}反映的突出问题，有关单位当场答复{m}件，其余事项转入"
    "办理程序，并在{q}个工作日内反馈结果。",
    "下一步，将继续推进{work}，完善{goods}，确保{result}。",
    "工作人员来到{place}，查看{work}现场，核对{goods}，对发现的{m}处"
    "问题提出整改要求。",
    "与去年相比，今年的{work}更加注重{result}，{group}可以通过{means}"
    "提出申请，不必重复提交材料。",
    "有关负责人表示，{work}事关{group}切身利益，各单位应当各司其职、"
    "密切配合，不得推诿。",
    "为方便{group}，{place}设立了{m}个服务点，工作日九时至十七时提供"
    "咨询，周末安排专人值守。",
    "活动期间，共发放宣传资料{n}份，接受咨询{m}人次，现场办理业务{q}件。",
    "各乡镇、街道要结合实际制定{goods}，于{month}月{day}日前报送，"
    "逾期未报的予以通报。",
    "市财政安排专项资金{n}万元用于{work}，资金使用情况接受审计和社会监督。",
    "经过三个月的努力，{place}的{work}取得阶段性成效，{result}，"
    "得到{group}的认可。",
    "检查组采取听取汇报、查阅{goods}、实地抽查等方式，对{m}家单位的"
    "{work}情况进行了评估。",
    "相关数据将通过{means}同步更新，{group}可以随时查询办理进度。",
]

CLAUSES = [
    "市有关部门负责{work}的统筹协调，{place}等乡镇、街道负责具体实施。",
    "实施单位应当建立{goods}，如实记录{work}的过程和结果，保存期限不少于"
    "{q}年。",
    "对符合条件的{group}，按照每年不超过{n}元的标准给予支持。",
    "{group}可以通过{means}提出申请，受理单位应当自收到申请之日起{q}个"
    "工作日内作出决定。",
    "任何单位和个人不得以{work}为由增加{group}负担。",
    "违反本办法规定，造成不良后果的，由主管部门责令改正；情节严重的，"
    "依法追究责任。",
    "每年{month}月开展一次{work}评估，评估结果作为调整政策的依据。",
]

HEADS = {
    "news": ["主要做法", "工作成效", "下一步安排"],
    "notice": ["适用范围", "办理时间", "有关要求", "联系方式"],
    "policy": ["总体要求", "适用对象", "支持措施", "工作程序", "监督管理"],
    "interpretation": ["出台背景", "主要内容", "有哪些变化", "如何办理"],
    "service": ["常见疑问", "办理提示"],
    "profile": ["基本情况", "公开内容", "公开方式"],
    "organ": ["机构设置", "办公信息"],
}
NUMERALS = "一二三四五六七八九十"


SEED = 20190102
FILLED_SENTENCES = 12_000
FILLED_CLAUSES = 3_000


def pick(chance, table):
    """As chance.choice, in half the time."""
    return table[int(chance.random() * len(table))]


def between(chance, low, high):
    """As chance.randint, in a quarter of the time."""
    return low + int(chance.random() * (high - low + 1))


def fill(chance, template):
    """One sentence with its gaps filled."""
    return template.format(
        work=pick(chance, WORKS), place=pick(chance, PLACES),
        group=pick(chance, GROUPS), means=pick(chance, MEANS),
        result=pick(chance, RESULTS), goods=pick(chance, GOODS),
        n=between(chance, 12, 980), m=between(chance, 3, 68),
        p=between(chance, 52, 99), q=between(chance, 2, 15),
        month=between(chance, 1, 12), day=between(chance, 1, 28))


def filled(chance, templates, count):
    return [fill(chance, templates[number % len(templates)])
            for number in range(count)]


CHANCE = random.Random(SEED)
FILLED = filled(CHANCE, SENTENCES, FILLED_SENTENCES)
FILLED_FOR_POLICIES = filled(CHANCE, CLAUSES, FILLED_CLAUSES)


def sentence(number):
    """A sentence for this number, far from that of the next number."""
    return FILLED[number * 7919 % FILLED_SENTENCES]


def table_text(chance):
    """A pipe table of three columns and three to six rows."""
    rows = ["| 项目 | 数量（项） | 同比（%） |", "| --- | --- | --- |"]
    for work in chance.sample(WORKS, between(chance, 3, 6)):
        rows.append(f"| {work} | {between(chance, 8, 960)} | "
                    f"{between(chance, 1, 300) / 10} |")
    return "\n".join(rows)


def list_text(chance):
    """A numbered list of three to five points."""
    works = chance.sample(WORKS, between(chance, 3, 5))
    return "\n".join(
        f"{number}. **{work}**。{pick(chance, RESULTS)}，"
        f"由{pick(chance, PLACES)}牵头落实。"
        for number, work in enumerate(works, 1))


def heading(chance, kind, section):
    """The heading of a section: the kind's own ones, then only policies'."""
    heads = HEADS[kind]
    if section < len(heads):
        return f"## {NUMERALS[section]}、{heads[section]}"
    if kind == "policy":
        return f"### （{NUMERALS[section % 10]}）{pick(chance, WORKS)}"
    return None


def special_block(chance):
    """A table or a list in every third article."""
    share = chance.random()
    if share < 0.14:
        return table_text(chance)
    if share < 0.30:
        return list_text(chance)
    return None


def body(chance, kind, links):
    """300 to 900 characters of Markdown; every link gets its own sentence."""
    wanted = between(chance, 300, 900)
    with_heads = kind not in ("news", "service") or chance.random() < 0.3
    sentences = FILLED_FOR_POLICIES if kind == "policy" else FILLED
    blocks = [pick(chance, FILLED)]
    special = special_block(chance)
    written = len(blocks[0]) + len(special or "")
    section = 0

    while written < wanted:
        head = heading(chance, kind, section) if with_heads else None
        text = "".join([pick(chance, sentences)
                        for _ in range(between(chance, 1, 3))])
        blocks += [head, text] if head else [text]
        written += len(text)
        if section == 0 and special:
            blocks.append(special)
        section += 1
    for title, address in links:
        blocks.append(f"相关内容见[{title}]({address})。")
    return "\n\n".join(blocks) + "\n"
