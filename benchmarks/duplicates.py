"""重复建设的比对：a thousand projects of fifty functions each, in how many seconds and how much memory.

    python benchmarks/duplicates.py [PROJECTS [FUNCTIONS]]

Names are put together from words of the field, so that many are near and some are the same, as in a real pile.
"""

from __future__ import annotations

import random
import resource
import sys
import time

from govit.statements.duplicates import pairs
from govit.statements.features import FUNCTION, Feature
from govit.statements.profiles import Profile


def _words(listed: str) -> list[str]:
    return listed.split()


WHAT = _words(
    "道路 桥梁 河道 管网 泵站 路灯 井盖 停车 公交 出租车 渔港 船舶 养老 低保 医保 校园 食堂"
    " 图书 文物 景区 市场 药品 电梯 燃气 危化品 矿山 林地 耕地 水库 空气"
)
OF = _words("设施 设备 人员 车辆 视频 影像 合同 资金 补贴 证照 档案 事件 隐患 投诉 能耗 客流 水质 噪声 图纸 应急物资")
DOES = _words("监测 巡查 调度 识别 预测 核验 结算 派发 评价 追溯 比对 建档 标绘 研判 催办 公示 分拣 盘点 复核 归档")


def main(projects: int, functions: int) -> None:
    """Print the time, the memory and what was found."""
    draw = random.Random(1)  # noqa: S311 - the same pile each time
    profiles = [_profile(draw, number, functions) for number in range(projects)]
    begun = time.perf_counter()
    found = pairs(profiles)
    took, peak = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{projects} projects of {functions} functions: {took:.1f} s, {peak:.0f} MB, {len(found)} pairs listed")


def _profile(draw: random.Random, number: int, functions: int) -> Profile:
    names = ["".join((draw.choice(WHAT), draw.choice(OF), draw.choice(OF), draw.choice(DOES))) for _ in range(functions)]
    own = {name: Feature(FUNCTION, name, name, "概算明细") for name in names}
    return Profile(f"p{number}", f"p{number}", f"项目{number}", f"单位{number % 60}", 2027, "", is_system=False, features=tuple(own.values()))


if __name__ == "__main__":
    main(*[int(given) for given in sys.argv[1:3]] or (1000, 50))
