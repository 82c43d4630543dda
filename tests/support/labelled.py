"""Labelled texts: 300 about persons and 300 about wording, made of templates,
half of them near misses. A check must find every number with a check digit and
be right in 98 of 100 of what it says of each set; both figures are printed.

Everything is made up. Identity numbers have a right check digit and a region
that there is not (70), phone numbers an empty block, cards an issuer with
nothing but zeros behind it.
"""

import json
import os
import random

import cases
import places

SIZE = 300
PRECISION = 0.98
AS_OF = "2026-06-01"
# The rules of each set; those with a check digit must miss nothing.
PRIVACY = ("private-identity", "private-card", "private-phone",
           "private-masking", "private-document", "private-mail",
           "private-address")
CHECKED = ("private-identity", "private-card")
WORDING = ("wording-serious", "wording-misspelt", "secrecy-mark")
RECALL = {"privacy": 0.95, "wording": 0.95}


# --- numbers ---------------------------------------------------------------

def identity(chance):
    """A right check digit, a region that nobody has."""
    body = "70%04d%04d%02d%02d%03d" % (
        chance.randrange(10000), chance.randrange(1950, 2012),
        chance.randrange(1, 13), chance.randrange(1, 29),
        chance.randrange(1000))
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights))
    return body + "10X98765432"[total % 11]


def wrong_identity(chance):
    number = identity(chance)
    return number[:-1] + chance.choice(
        [digit for digit in "0123456789" if digit != number[-1]])


def card(chance):
    """Luhn's digit behind 62 and zeros."""
    body = "620000000%09d" % chance.randrange(10 ** 9)
    doubled = sum(int(digit) if place % 2 else sum(divmod(2 * int(digit), 10))
                  for place, digit in enumerate(reversed(body)))
    return body + str(-doubled % 10)


def wrong_card(chance):
    number = card(chance)
    return number[:-1] + str((int(number[-1]) + chance.randrange(1, 10)) % 10)


def phone(chance):
    return "1990000%04d" % chance.randrange(10000)


def wide(text):
    return "".join(chr(ord(sign) + 0xfee0) if sign.isalnum() else sign
                   for sign in text)


def spaced(text, sizes):
    parts, at = [], 0
    for size in sizes:
        parts.append(text[at:at + size])
        at += size
    return " ".join(part for part in parts + [text[at:]] if part)


def cells(text):
    """One cell of a table a digit."""
    row = "| " + " | ".join(text) + " |\n"
    return "\n\n" + row + "|" + " --- |" * len(text) + "\n" + row + "\n"


def number_table(chance):
    """Rows of a table of numbers, as long as groups of a phone number."""
    rows = [[chance.randrange(1300, 2000), chance.randrange(1000, 9999),
             chance.randrange(100, 999)] for _ in range(3)]
    if chance.random() < 0.5:
        rows = [[chance.randrange(100, 999), *row, chance.randrange(1000, 9999)]
                for row in rows]
    lines = ["| " + " | ".join(str(number) for number in row) + " |"
             for row in rows]
    return "\n\n".join(["招生计划（人）", "\n".join(
        [lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])]) + "\n\n"


def table(*rows):
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n\n" + "\n".join(
        [lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]]) + "\n\n"


def pieces(number, *ends):
    return [number[start:end] for start, end in zip((0, *ends), (*ends, 18))]


def broken_identity(chance):
    """With words between, in one line or in rows."""
    number = identity(chance)
    upper, lower = pieces(number, chance.choice((6, 8, 9, 10, 12, 14)))
    region, birth, rest = pieces(number, 6, 14)
    return chance.choice([
        f"身份证号码前半段{upper}，后半段{lower}",
        f"身份证头六位{region}，生日{birth}，末四位{rest}",
        f"证件号{upper}（转下行）\n\n（接上行）{lower}",
        table(("字段", "内容"), ("身份证号上段", upper), ("身份证号下段", lower)),
        table(("序号", "公民身份号码", "说明"), ("1", upper, "前段"),
              ("2", lower, "后段")),
        table(("区划代码", region), ("出生日期", birth), ("末四位", rest)),
        f"\n\n1. 前段：{upper}\n2. 后段：{lower}\n\n以上是证件号码",
        f"{wide(region)}（区划）{wide(birth)}（生日）{wide(rest)}",
    ])


def phone_row(chance):
    """Three numbers in a row; the words before them say what they are."""
    calls = [phone(chance) for _ in range(3)]
    if chance.random() < 0.6:
        calls = [spaced(call, (3, 4)) for call in calls]
    return chance.choice([
        f"手机{' '.join(calls)}", f"可拨打{'、'.join(calls)}反映",
        f"联系电话为{calls[0]}、{calls[1]}和{calls[2]}",
        table(("姓名", "手机一", "手机二", "手机三"), ("张某", *calls)),
        table(("姓名", "联系电话"), *(("张某", call) for call in calls)),
        table(("姓名", "补贴金额（元）", "手机"),
              *(("李某", "3000", call) for call in calls)),
    ])


def figure_row(chance):
    """Figures that look like phone numbers, in one piece or as three."""
    large = [str(chance.randrange(13 * 10 ** 9, 2 * 10 ** 10))
             for _ in range(3)]
    small = [str(chance.randrange(low, high)) for low, high in
             ((130, 200), (1001, 10000), (1001, 10000))]
    return chance.choice([
        table(("指标", "2023年", "2024年", "2025年"),
              ("一般公共预算收入（元）", *large), ("支出（元）", *large)),
        table(("年度", "总投资（元）"), *(("本年", one) for one in large)),
        f"全市用电量分别为{'、'.join(large)}千瓦时",
        f"三个月访问量依次为{' '.join(large)}",
        f"累计办理{'、'.join(large)}次",
        table(("学校", "小学", "初中", "高中"), ("一中", *small),
              ("二中", *small)),
        f"三个年级人数依次为{' '.join(small)}",
        table(("村名", "耕地", "林地", "草地"),
              *(("东村", *small) for _ in range(50))),
    ])


def broken_misses(chance):
    number, wrong = identity(chance), wrong_identity(chance)
    return chance.choice([
        f"身份证号码前六位{number[:6]}，后四位{number[14:]}",
        f"身份证头六位{wrong[:6]}，生日{wrong[6:14]}，末四位{wrong[14:]}",
        table(("字段", "内容"), ("证件号上段", wrong[:9]),
              ("证件号下段", wrong[9:])),
        table(("区划代码", "人口"), (number[:6], number[8:14]),
              ("700000", wrong[9:15])),
        f"邮政编码{number[:6]}，编号{wrong[6:14]}，共{wrong[14:]}件",
    ])


# --- templates: (text, rules that must find it) -----------------------------

PLACES = ("第一批名单", "补贴发放情况", "资格审核结果", "招聘面试安排", "参保登记情况",
          "危房改造名单", "培训报名结果", "奖学金公示")
OPENINGS = ("经审核，", "根据申请材料，", "现将有关情况公示如下：", "登记时填写的是",
            "系统导出的记录为", "附表第三行写着", "工作人员核对后记录为")


def privacy_hits(chance):
    number, account, call = identity(chance), card(chance), phone(chance)
    if chance.random() < 0.2:
        make, rule = chance.choice([(broken_identity, "private-identity"),
                                    (phone_row, "private-phone")])
        return make(chance), rule
    return chance.choice([
        (f"身份证号码{number}", "private-identity"),
        (f"公民身份号码：{number.lower()}", "private-identity"),
        (f"证件号码为{wide(number)}", "private-identity"),
        (f"身份证号 {spaced(number, (6, 8))}", "private-identity"),
        (f"身份证号码{spaced(number, (6, 4, 4))}", "private-identity"),
        (f"申请人（{number}）", "private-identity"),
        (f"身份证号码：{cells(number)}", "private-identity"),
        (f"证件号{chance.choice('._·/—').join((number[:6], number[6:14], number[14:]))}",
         "private-identity"),
        (f"身份证号**{number[:6]}**{number[6:]}", "private-identity"),
        (f"身份证号{number[:6]}\n{number[6:]}", "private-identity"),
        (f"（{spaced(number, (3, 3, 4, 4))}）", "private-identity"),
        (f"登记如下\n\n| 序号 | 前六位 | 出生 | 后四位 |\n|---|---|---|---|\n"
         f"| 1 | {number[:6]} | {number[6:14]} | {number[14:]} |\n\n",
         "private-identity"),
        (f"ID{number}", "private-identity"),
        (f"银行卡号{account}", "private-card"),
        (f"汇入{spaced(account, (6,))}", "private-card"),
        (f"账号：{spaced(account, (4, 4, 4, 4))}", "private-card"),
        (f"开户卡号为{wide(account)}", "private-card"),
        (f"手机{call}", "private-phone"),
        (f"联系电话：{spaced(call, (3, 4))}", "private-phone"),
        (f"可拨打{wide(call)}", "private-phone"),
        (f"手机号码 {call[:3]}-{call[3:7]}-{call[7:]}", "private-phone"),
        (f"手机{chance.choice('.·').join((call[:3], call[3:7], call[7:]))}",
         "private-phone"),
        (f"联系电话{call[:4]}-{call[4:7]}-{call[7:]}", "private-phone"),
        (f"{chance.choice(('+86', '+86 ', '0086-', '(+86)'))}{call}",
         "private-phone"),
        (f"微信同号{call}", "private-phone"),
        (f"身份证号{number[:14]}**{number[16:]}", "private-masking"),
        (f"身份证号{number[:14]}••••", "private-masking"),
        (f"护照号：E{chance.randrange(10 ** 7, 10 ** 8)}", "private-document"),
        (f"邮箱yonghu{chance.randrange(1000)}@qq.com", "private-mail"),
        (f"现住示范路{chance.randrange(1, 90)}号院{chance.randrange(1, 9)}号楼"
         f"{chance.randrange(1, 5)}单元{chance.randrange(101, 999)}室",
         "private-address"),
        (f"户主家住幸福小区{chance.randrange(1, 30)}栋{chance.randrange(101, 3299)}室",
         "private-address"),
        (f"现住{chance.choice('二三五')}号楼{chance.choice('一二三')}单元五〇一室",
         "private-address"),
    ])


def privacy_misses(chance):
    number = identity(chance)
    if chance.random() < 0.2:
        return chance.choice((broken_misses, figure_row))(chance)
    return chance.choice([
        f"流水号{wrong_identity(chance)}",
        f"项目编码{wrong_card(chance)}",
        f"身份证号码{number[:4]}**********{number[14:]}",
        f"身份证号码{number[:6]}********{number[14:]}",
        f"手机199****{chance.randrange(1000, 10000)}",
        f"咨询电话0000-{chance.randrange(10 ** 6, 10 ** 7)}",
        f"统一社会信用代码91700000MA{chance.randrange(10 ** 7):07d}X",
        f"文号为示政发〔2026〕{chance.randrange(1, 99)}号",
        f"投资{chance.randrange(10 ** 10, 10 ** 11)}元",
        number_table(chance),
        f"书号978-7-{chance.randrange(1000, 9999)}-{chance.randrange(1000, 9999)}-"
        f"{chance.randrange(10)}",
        f"办理时间2026年{chance.randrange(1, 13)}月{chance.randrange(1, 28)}日",
        f"地块编号{chance.randrange(10 ** 13, 10 ** 14)}号",
        f"采购编号SFZC2026{chance.randrange(10 ** 6):06d}",
        f"便民服务中心位于示范路{chance.randrange(1, 90)}号",
        f"电子邮箱bgs{chance.randrange(100)}@shifan.gov.cn",
        f"改造{chance.randrange(1, 9)}号楼{chance.randrange(1, 5)}单元管道",
        f"坐标为北纬34.{chance.randrange(10 ** 6):06d}度",
        f"订单{chance.randrange(10 ** 20, 10 ** 21)}",
        f"国家标准GB/T {phone(chance)}-2026",
        f"阅读量{phone(chance)}人次",
        f"累计办件{phone(chance)}件",
        f"〔2026〕{phone(chance)}号",
        f"QQ群{phone(chance)}",
        f"考号{phone(chance)}",
        f"https://www.example.cn/{phone(chance)}.html",
        f"身份证号{'*' * 14}{chance.randrange(1000, 10000)}",
        f"银行卡号6200 **** **** {chance.randrange(1000, 10000)}",
        f"东经{chance.randrange(73, 135)}.{chance.randrange(10 ** 7):07d}度",
        f"办公地址：示范路8号政务大厦{chance.randrange(1, 9)}号楼"
        f"{chance.randrange(101, 999)}室，联系人张某",
    ])


SERIOUS = ("中国入民", "攻府", "领导小姐", "人民代表大人", "烈土", "共产挡", "国务员",
           "一代一路", "乡村震兴", "社会主义核心价值关", "全面依法治囯",
           "人民代表大回", "少数名族", "入民法院", "改革开方")
MISSPELT = ("秸杆", "倍受青睐", "拔款", "关健", "负贵", "清况", "复盖", "一但", "布署",
            "部暑", "迫不急待", "一如继往")
SECRET = ("内部资料", "机密★", "绝密★一年", "不得外传", "仅供内部使用")
WRONG_FRAMES = ("会议强调，{}工作要抓紧抓实。", "全市上下围绕{}形成合力。",
                "通知提到{}的具体要求。", "各单位要结合{}开展自查。",
                "标语上写的是“{}”二字。", "报告第二部分总结了{}的做法。", "他们对{}作了说明。")
# Blanks between words, and the letter-spacing of what is right.
APART = ("弘扬法治精神 全面依法治市", "北京市 尾号限行措施发布", "机关 健康讲座通知",
         "热烈 土家族歌舞", "市 县 尾矿库名单", "内部 管理制度 资料汇编", "秘 书 处",
         "注意 保护环境 存放垃圾", "城市 尾水 处理 工程", "海关 健全制度，优化服务。",
         "选拔 款式新颖的作品，予以展示。", "同步 署名发表", "公布 署名文章，供参考。",
         "会 议 室", "中华 人民 共和国 政府", "人 民 代 表 大 会", "领导 小组 成员",
         "政 府 办 公 室", "月末 来稿选登，欢迎投稿。", "全市 尾款结清，群众满意。",
         "| 海关 | 健康 |\n|---|---|\n| 全市 | 尾号 |")
# Right, though a wrong word seems to stand there.
NEAR = ("进攻府邸的战斗场面重现舞台。", "热烈土家风情引来游客。", "剧烈土壤侵蚀得到治理。",
        "小区尾房销售公告已经发布。", "世纪尾声的建筑得到保护。", "城市尾气治理取得进展。",
        "山区尾水处理工程完工。", "法国共产党代表团来访。", "人民代表大会会议举行。",
        "中国人民银行发布公告。", "人民代表会议制度史料展出。", "香港等国家和地区的客商参会。",
        "政府办公室印发通知。", "领导小组召开会议。", "烈士陵园修缮完成。", "国务院印发规划。",
        "推进全面依法治市工作。", "全面依法治县实施方案印发。", "全面依法治校示范校公布。",
        "社会主义核心价值体系建设。", "人民检察官先进事迹报告会。", "最高人民检察署旧址修缮。",
        "中国式现代农业示范园。", "香港特别行政长官来访。", "城市尾水处理厂运行。",
        "会议见证两地签约。", "设立共建意识教育基地。", "全部暑期活动免费。",
        "插座标准更新。", "初审请在三日内完成。", "因该项目延期，方案调整。",
        "此处镜头拉近。", "人防孔口封堵。", "国防讯息发布。", "必需要件清单公布。",
        "把“秸秆”误写为“秸杆”的，请改正。", "“攻府”应为“政府”，特此更正。",
        "“登陆系统”应改为“登录系统”。", "常见错别字：“布署”应写作“部署”。",
        "乡村振兴示范村名单公布。", "少数民族运动会开幕。", "秸秆综合利用项目开工。",
        "拨款已经到账。", "关键技术取得突破。", "情况说明会召开。", "网络覆盖全部行政村。",
        "一旦发生险情立即上报。", "部署防汛工作。", "社会主意识形态课程开讲。")
NEAR_ENDS = ("", "有关安排另行通知。", "欢迎广大市民参加。", "详情请咨询主办单位。",
             "活动持续三天。", "相关负责人介绍了进展。", "目前各项工作有序推进。")


def privacy_text(chance, is_hit):
    words, rule = (privacy_hits(chance) if is_hit
                   else (privacy_misses(chance), None))
    return f"{chance.choice(OPENINGS)}{words}。", rule


def blanks_in(chance, word):
    """At one place or between all characters."""
    blank = chance.choice((" ", " ", "\u3000", "\u00a0"))
    if chance.random() < 0.5:
        return blank.join(word)
    at = chance.randrange(1, len(word))
    return word[:at] + blank + word[at:]


def wording_text(chance, is_hit):
    if not is_hit:
        if chance.random() < 0.2:
            return chance.choice(APART), None
        return chance.choice(NEAR) + chance.choice(NEAR_ENDS), None
    words, rule = chance.choice(
        [(SERIOUS, "wording-serious"), (MISSPELT, "wording-misspelt"),
         (SERIOUS, "wording-serious"), (MISSPELT, "wording-misspelt"),
         (SECRET, "secrecy-mark")])
    word = chance.choice(words)
    if chance.random() < 0.25:
        word = blanks_in(chance, word)
    return chance.choice(WRONG_FRAMES).format(word), rule


# --- judging ---------------------------------------------------------------

SETS = {"privacy": (privacy_text, PRIVACY), "wording": (wording_text, WORDING)}


def write_texts(library):
    """{path: rule or None}"""
    labels = {}
    for name, (make, _) in SETS.items():
        chance = random.Random(name)
        for number in range(SIZE):
            text, rule = make(chance, number % 2 == 0)
            path = f"content/jyj/{name}/{name}-{number}.md"
            labels[path] = rule
            full = os.path.join(library, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "w", encoding="utf-8") as file:
                file.write(f"---\ntitle: {chance.choice(PLACES)}之{number}\n"
                           f"date: 2026-03-02\n---\n{text}\n")
    return labels


def find(library):
    """{(path, rule)}"""
    code, out, err = places.jiyue(library, "check", "--as-of", AS_OF,
                                  "--format", "json")
    if code == 2:
        raise RuntimeError(err)
    return {(message["path"], message["id"])
            for message in json.loads(out)["messages"] if message["path"]}


def figures(rule, labels, found):
    wanted = {path for path, label in labels.items() if label == rule}
    said = {path for path, kind in found if kind == rule}
    right = len(wanted & said)
    return (right / len(said) if said else 1.0,
            right / len(wanted) if wanted else 1.0, wanted, said)


def judge_set(name, rules, labels, found):
    own = {path: label for path, label in labels.items()
           if path.split("/")[2] == name}
    mistakes, right, said_count, wanted_count = [], 0, 0, 0
    for rule in rules:
        precision, recall, wanted, said = figures(rule, own, found)
        said &= own.keys()
        right += len(wanted & said)
        said_count += len(said)
        wanted_count += len(wanted)
        print(f"  {rule}: {len(wanted)} texts, precision {precision:.3f}, "
              f"recall {recall:.3f}")
        if rule in CHECKED and recall < 1:
            mistakes.append(f"{rule}: not found in "
                            f"{sorted(wanted - said)[:5]}")
        mistakes += [f"{rule}: wrongly in {path}"
                     for path in sorted(said - wanted)[:5]]
    precision, recall = right / said_count, right / wanted_count
    print(f"  {name}: precision {precision:.3f}, recall {recall:.3f}")
    if precision >= PRECISION and recall >= RECALL[name] and not any(
            "not found" in mistake for mistake in mistakes):
        return []
    return [f"precision {precision:.3f}, recall {recall:.3f}", *mistakes]


def run(report):
    library = places.fresh("labelled")
    cases.lay_out(os.path.join(cases.FOLDER, "_base", "city"), library)
    labels = write_texts(library)
    places.commit_all(library)
    found = find(library)
    for name, (_, rules) in SETS.items():
        report.takes(f"labelled texts: {name}",
                     judge_set(name, rules, labels, found))
