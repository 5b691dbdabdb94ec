"""Names of phones, boards, microcontrollers and robots, of servers and supercomputers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kgraph.extract.hardware.words import ARM, CPU, HPC, PHONE, ROBOT, Family, family

MOBILE: Sequence[Family] = (
    family(
        "snapdragon",
        "snapdragon|sd8",
        (
            r"Snapdragon(?:[®™])?(?:[- ](?:(?:X|\d{1,3}[a-z]?)(?:[- ](?:Elite|Plus|[Gg]en[- ]?\d|cx))*\+?"
            r"|8cx|XR\d|Ride|G[123]\w{0,12}))*(?: (?:[Ee]lite|[Gg]en ?\d))*"
        ),
    ),
    family(
        "qualcomm",
        "adreno|hexagon|kryo|sa8",
        (
            r"Adreno(?: (?:GPU )?\d{3})?|Hexagon(?= ?(?:NPU|DSP|\d{3}|Tensor|HVX|processor|SDK"
            r"|V\d))(?: (?:NPU|DSP|HVX|\d{3}|V\d\d))*|Kryo|SA8\d{3}P"
        ),
    ),
    family(
        "mali",
        "mali|exynos|dimensity|helio|tensor g|immortalis|powervr",
        (
            r"Mali(?:[- ](?:[GT]\d{2,3}(?: ?MP\d{1,6})?|GPU(?=s)))?|Immortalis(?:-G\d{1,6})?|Exynos(?: \d{4}\w?)?"
            r"|Dimensity(?: \d{3,4}\+?)?|Helio(?: [GPX]\d{1,6}\w?)|Tensor G\d|PowerVR"
        ),
        evidence=PHONE,
    ),
    family(
        "apple-m-max",
        "",
        r"M[1-9][- ](?:Pro|Max|Ultra)",
        evidence=re.compile(r"CPU|GPU|NPU|[Dd]evice|Apple|Mac|laptop"),
    ),
    family(
        "apple-m",
        "",
        r"M[1-9](?!-|\.)",
        evidence=re.compile(r"Apple|MacBook|macOS|Mac\b|Mac (?:Studio|mini)|MLX|Metal"),
        near=False,
    ),
    family(
        "apple-a",
        "a1|a9|apple a|apple sil|apple neural|apple vision|apple watch|neural engine",
        (
            r"A\d{1,2}X? (?:Bionic|Fusion|Pro)|(?<=Apple )A\d{1,2}X?(?!\w)|Apple [Ss]ilicon"
            r"|Apple Neural Engine|Apple Vision Pro|Apple Watch"
        ),
    ),
    family(
        "phones",
        (
            "iphone|ipad|macbook|mac studio|mac mini|galaxy s|galaxy note|samsung s|samsung note"
            "|samsung galaxy|pixel |oneplus|xiaomi|redmi|hololens|oculus|meta quest|quest |vision pro|google glass"
            "|steam deck"
        ),
        (
            r"iPhone(?:[- ](?:\d{1,2}|SE|X[SR]?)(?: (?:Pro|Max|mini|Plus))*)?|iPad(?: (?:Pro|Air"
            r"|mini))?(?: M\d)?|MacBook(?: (?:Pro|Air))?|Mac (?:Studio|mini|Pro)|(?:Samsung "
            r"|(?:Samsung )?Galaxy )(?:S|Note ?)\d{1,2}(?: ?(?:Ultra|Plus|\+))?|Pixel [2-9](?:a| Pro| XL)?"
            r"|Pixel 10(?: Pro)?|OnePlus \d{1,2}\w{0,12}|Xiaomi (?:\d{1,2}|Mi ?\d{1,6})(?: Pro)?|HoloLens(?: 2)?"
            r"|Oculus (?:Rift|Quest(?: [23])?)|Meta Quest(?: (?:[23]|Pro))?|Steam Deck|Google Glass"
        ),
    ),
    family("cortex", "cortex", r"Cortex[- ]?[AMRX]\d{0,3}(?:\+|AE|x\d)?(?:/[AM]\d{1,6})?"),
    family(
        "arm-cores",
        "neoverse|ethos|armv|arm926|arm9|arm7|arm11",
        r"Neoverse(?:[- ]?[NVE]\d)?|Ethos[- ]?[UN]\d{2,3}|ARM(?:7|9|11)\w{0,12}",
        evidence=ARM,
    ),
    family(
        "stm32",
        (
            "stm32|gap8|gap9|max78|esp32|esp8266|nrf5|rp2040|rp2350|k210|k230|samd|msp430|msp432|pic32"
            "|i.mx|imx|s32|apollo3|apollo4|ambiq|bl60|hifive|fe310|ra6m|ra8|lpc|efr32|efm32|at91|atmega"
            "|attiny|kendryte|tda4|rk3|jh71|sg2042|milk-v"
        ),
        (
            r"STM32(?:[A-Z]{1,2}\d[\w-]{0,16})?(?: Nucleo\S{0,12})?|GAP[89]|MAX7800\d|ESP32(?:-?[A-Z]\d)?(?:-CAM"
            r"|-WROOM\S{0,12})?|ESP8266|nRF5\d{2,4}\w{0,12}|RP2[03][45]0|(?:Kendryte )?K2[13]0|SAM[DEL]\d\w{0,12}"
            r"|MSP43[02]\w{0,12}|PIC32\w{0,12}|i\.MX ?(?:RT ?)?\d\w{0,12}|Apollo[34](?: Blue)?|Ambiq(?: Apollo ?\d)?"
            r"|HiFive(?: Un(?:leashed|matched)|1)?|FE310|LPC\d{2,6}\w{0,12}|E[FP][RM]32\w{0,12}|AT(?:mega|tiny)\w{0,12}"
            r"|TDA4\w{0,12}|RK3[35]\d\d\w?|JH7110|SG2042"
        ),
    ),
    family(
        "ti-dsp", "tms320|c66|c64|c67", r"(?:TMS320)?C6[467](?:x|\d{1,4})?", evidence=re.compile(r"DSP|TMS320|Texas")
    ),
    family(
        "boards",
        (
            "raspberry pi|raspberrypi|arduino|beaglebone|odroid|orange pi|banana pi|micro:bit|teensy"
            "|openmv|sparkfun|lattepanda|khadas|nucleo|xavier|rpi|coral dev|zero 2 w|portenta|nicla"
        ),
        (
            r"Raspberry[- ]?[Pp][Ii]s?(?:[- ](?:Zero(?: 2)?(?: ?W)?|Pico(?: ?[2W])?|[1-5](?:[AB]\+?)?|CM\d"
            r"|4B|3B\+?|Model [AB]\+?|(?:[1-5] )?Model [AB]\+?))*(?: ?\(?\d ?GB\)?)?|RPi(?:[- ]?[1-5]B?)?"
            r"|Arduino(?: (?:Nano(?: 33)?(?: (?:BLE|IoT))?(?: Sense)?|Uno(?: R[34])?|Mega(?: 2560)?|Due"
            r"|Portenta(?: H7)?|Nicla\w{0,12}))?|Portenta H7|BeagleBone(?: (?:Black|AI))?"
            r"|O[Dd][Rr][Oo][Ii][Dd](?:[- ](?:XU\d|[NCM]\d\+?))?|(?:Orange|Banana) Pi(?: \d\w{0,12})?|micro:bit"
            r"|Teensy(?: \d\.\d)?|OpenMV(?: Cam)?(?: H7)?|SparkFun Edge|LattePanda|Khadas(?: VIM\d)?"
            r"|Nucleo-\w{1,12}"
        ),
    ),
    family(
        "quantum",
        "ibmq|ibm q|ibm quantum|ibm eagle|ibm osprey|ibm condor|ibm heron|sycamore|ionq|rigetti|d-wave|quantinuum",
        (
            r"IBM ?Q(?:\d{1,3}| System (?:One|Two)| (?=[A-Z])[A-Z][a-z]{2,12}|X\d)|ibmq_\w{3,16}"
            r"|IBM (?:Eagle|Osprey|Condor|Heron)|Sycamore|IonQ (?:Aria|Forte|Harmony)|Rigetti A(?:spen|nkaa)\S{0,6}"
            r"|D-Wave (?:2000Q|2X|Advantage2?|One|Two)|Quantinuum (?:H[12]\S{0,4}|Helios)"
        ),
        evidence=re.compile(r"[Qq]uantum|[Qq]ubit"),
    ),
    family(
        "consoles",
        "playstation|xbox|nintendo",
        (
            r"Play[Ss]tation(?:[- ][1-5](?: Pro)?)?|Xbox(?: (?:360|One(?: [SX])?|Series [SX]))?"
            r"|Nintendo Switch(?: 2)?"
        ),
        evidence=re.compile(r"GPU|CPU|[Hh]ardware|[Cc]onsole|[Pp]rocessor"),
    ),
    family(
        "robots-named",
        "pr2|baxter|nao|icub|yumi|abb yumi|sawyer|hrp-2|hrp-4|cassie|pepper|tiago|fetch|stretch|aibo|spot|khepera",
        (
            r"PR2|Baxter|NAO|iCub|(?:ABB )?YuMi|Sawyer|HRP-[24]\w?|Cassie|Pepper|TIAGo|Fetch|Stretch(?: RE[12])?"
            r"|AIBO|Spot|Khepera(?: I[IV])?"
        ),
        evidence=ROBOT,
        after=r" (?:[Hh]umanoid |mobile |quadruped )?(?:[Rr]obot|[Mm]anipulator|arm\b|[Hh]umanoid|platform|bipe)",
    ),
    family(
        "robots",
        ("unitree|franka|kinect|realsense|xtion|turtlebot|ur5|ur10|kuka|xarm|crazyflie|anymal|widowx"),
        (
            r"Unitree (?:A1|B[12]|Go[12]|[GHR]1)|Franka(?: Emika)?(?: Panda| Research 3| FR3)?"
            r"|Azure Kinect|Kinect(?: [vV]\d)?|Real[Ss]ense(?: [DLT]\d{3}\w{0,12})?|(?:ASUS )?Xtion(?: 3D camera"
            r"| Pro)?|TurtleBot ?\d?|UR(?:3e?|5e?|10e?)(?!\w)|KUKA(?: (?:LBR )?iiwa)?|xArm ?\d?"
            r"|Crazyflie(?: 2\.\d)?|ANYmal(?:-?[CD])?|WidowX(?: ?\d{1,6}\w?)?"
        ),
        evidence=ROBOT,
    ),
)

SERVERS: Sequence[Family] = (
    family(
        "power",
        (
            "power5|power6|power7|power8|power9|power1|power 5|power 6|power 7|power 8|power 9|power 1"
            "|powerpc|z13|z14|z15|z16|z17|telum|blue gene|bluegene|cell b|cell be|cell broad"
        ),
        (
            r"(?:POWER|Power) ?(?:[5-9]|1[01])(?:\+)?(?= |[,.;)-]|$)|PowerPC(?: ?\d{1,6}\w{0,12})?"
            r"|Blue ?Gene(?:[/-][LPQ])?|z1[3-7]|Telum(?: II)?|Cell (?:BE|B/E|Broadband Engine|processor)"
        ),
        evidence=re.compile(r"IBM|[Pp]rocessor|CPU|PowerPC|[Ss]upercomput|Blue ?Gene|POWER\d"),
    ),
    family(
        "arm-server",
        (
            "a64fx|thunderx|altra|ampereone|graviton|yitian|phytium|ft-2000|loongson|sw26010|feiteng"
            "|sparc|ultrasparc|niagara|mips|alpha 21|itanium|elbrus|hygon"
        ),
        (
            r"A64FX|ThunderX\d?|(?:Ampere )?Altra(?: Max)?|AmpereOne|Yitian ?710|Phytium(?: ?\w{0,12}\d{1,6}\w{0,12})?"
            r"|FT-2000\+?|Loongson(?:[- ]?\d\w{0,12})?|SW26010(?:-?P(?:ro)?)?|(?:Ultra)?SPARC(?:[- ]?(?:T\d|M\d"
            r"|V\d|64\w{0,12}))?|Alpha 21\d64\w?|Elbrus(?:-\w{1,12})?"
        ),
        evidence=CPU,
    ),
    family(
        "supercomputer",
        (
            "perlmutter|el capitan|fugaku|k computer|taihulight|sunway|tianhe|juwels|marenostrum"
            "|piz daint|frontera|isambard|setonix|tsubame|blue waters|supermuc|snellius|jean zay|adastra"
            "|oakforest|wisteria|earth simulator|tuolumne|jureca"
        ),
        (
            r"(?:Perlmutter|El Capitan|Fugaku|K computer|(?:New )?Sunway(?: OceanLight| TaihuLight)?"
            r"|TaihuLight|Tianhe(?:-\w{1,12})?|JUWELS(?: Booster)?|MareNostrum(?: ?\d)?|Piz Daint|Frontera"
            r"|Isambard(?:-AI)?|Setonix|TSUBAME(?:[ -]?\d(?:\.\d)?)?|Blue Waters|SuperMUC(?:-NG)?|Snellius"
            r"|Jean Zay|Adastra|Oakforest-PACS|Wisteria|Earth Simulator|Tuolumne|JURECA)"
        ),
        evidence=HPC,
        near=False,
    ),
    family(
        "supercomputer-word",
        (
            "frontier|summit|sierra|aurora|lumi|leonardo|jupiter|titan|cori|theta|polaris|stampede|selene"
            "|eos|alps|abci|marconi|mira|sequoia|crusher|hawk|colossus|edison|lassen"
        ),
        r"(?:(?<=\bon )|(?<=\bon the )|(?<=\bthe )|(?<=\bof )|(?<=\busing )|(?<=\band )|(?<=, )"
        r"|(?<='s )|(?<=\bsupercomputer )|(?<=\bsupercomputers )|(?<=\()|(?<=NL )|(?<=like ))"
        r"(?:Frontier|Summit|Sierra|Aurora|LUMI(?:-G)?|Leonardo|JUPITER|Titan|Cori|Theta|Polaris"
        r"|Stampede ?2?|Selene|Eos|Alps|ABCI|Marconi(?:-?100)?|Mira|Sequoia|Crusher|Hawk|Colossus"
        r"|Edison|Lassen)",
        evidence=HPC,
        near=False,
    ),
)
