// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "cli/label_commands.h"

namespace assay::cli {
namespace {

constexpr std::array<Positional, 1> kPaths = {
    {{"PATH",
      Arity::many,
      {"文件、目录或压缩包；- 表示从标准输入逐行读取路径",
       "files, folders or archives; - reads paths from standard input, one a line"}}}};
constexpr std::array<Positional, 1> kFiles = {{{"PATH", Arity::many, {"文件", "files"}}}};
constexpr std::array<Positional, 1> kCodes = {
    {{"CODE", Arity::many, {"27 位服务提供者编码", "provider codes of 27 characters"}}}};

constexpr Option kJson = {"--json", "", {"每个文件一行 JSON", "JSON, a line a file"}};
constexpr Option kOutput = {
    "-o,--output", "FILE", {"写到另一个文件，原文件不变", "write to another file, leave this one"}};
constexpr Option kReplace = {
    "--replace", "", {"替换文件中已有的", "put it in place of what is there"}};
constexpr Option kWillResign = {"--will-resign",
                                "",
                                {"文件带有 C2PA 签名，写入后会重新签名",
                                 "the file is signed by C2PA and will be signed again"}};
constexpr std::array<Option, 1> kJsonOptions = {kJson};
constexpr std::array<Option, 2> kReadOptions = {kJson, kJobs};
constexpr std::array<Option, 12> kCheckOptions = {
    {kJson,
     kJobs,
     {"--sarif", "", {"以 SARIF 2.1.0 输出", "as one SARIF 2.1.0 log"}},
     {"--require", "", {"无标识的文件也算不符合", "a file without a label is not satisfied"}},
     {"--received",
      "",
      {"文件来自他人：传播字段不必与生成字段相同",
       "files of others: propagator and producer may differ"}},
     {"--declared", "", {"用户已声明为生成合成内容", "the user declares the content as generated"}},
     {"--explicit",
      "",
      {"也查找画面文字和音频节奏（需 ffmpeg、tesseract）",
       "also look for labels seen and heard (needs ffmpeg, tesseract)"}},
     {"--sample",
      "N",
      {"从全部文件中抽取 N 个检查，并给出占比和置信限",
       "look at N files drawn from all, and tell the shares with their limits"}},
     {"--seed", "S", {"抽样的种子，默认 0", "seed of the draw, 0 where not given"}},
     {"--evidence",
      "DIR",
      {"把看到、听到的标识存为图片（含 --explicit）",
       "keep pictures of what is seen and heard (as with --explicit)"}},
     {"--c2pa", "", {"也核验 C2PA 清单", "also verify the C2PA manifest"}},
     {"--c2pa-trust",
      "FILE",
      {"C2PA 可信证书列表（PEM）", "certificates trusted for C2PA (PEM)"}}}};
constexpr std::array<Option, 12> kWriteOptions = {
    {{"--as", "ROLE", {"producer（默认）或 propagator", "producer (default) or propagator"}},
     {"--producer", "CODE", {"生成者的名称或编码", "name or code of the producer"}},
     {"--produce-id", "ID", {"内容制作编号", "the producer's content number"}},
     {"--label", "1|2|3", {"生成合成属性，默认 1", "the attribute, 1 where not given"}},
     {"--reserved1", "TEXT", {"预留字段 1", "reserved field 1"}},
     {"--propagator", "CODE", {"传播者的名称或编码", "name or code of the propagator"}},
     {"--propagate-id", "ID", {"内容传播编号", "the propagator's content number"}},
     {"--reserved2", "TEXT", {"预留字段 2", "reserved field 2"}},
     kReplace,
     kWillResign,
     kOutput,
     kJson}};
constexpr std::array<Option, 7> kSignOptions = {
    {{"--key", "FILE", {"SM2 私钥（PEM）", "the SM2 private key (PEM)"}},
     {"--key-id", "ID", {"密钥的编号", "what others know the key by"}},
     {"--bind",
      "sm3|sha256|none",
      {"把标识绑定到内容的摘要算法，默认 sm3",
       "the digest that binds the label to the content, sm3"}},
     kReplace,
     kWillResign,
     kOutput,
     kJson}};
constexpr std::array<Option, 2> kVerifyOptions = {
    {{"--key",
      "FILE",
      {"可信公钥（PEM），可多次给出", "a public key to trust (PEM); may be repeated"},
      true},
     kJson}};

constexpr std::array<std::string_view, 2> kReadExamples = {"assay label read poster.png",
                                                           "assay label read --json outputs/"};
constexpr std::array<std::string_view, 5> kCheckExamples = {
    "assay label check --require outputs/",
    "find upload -type f -newer stamp | assay label check --received --json -",
    "assay label check --explicit --evidence seen/ outputs/",
    "assay label check --explicit --sample 200 --seed 7 archive/",
    "assay label check --sarif outputs/ > labels.sarif"};
constexpr std::array<std::string_view, 2> kWriteExamples = {
    "assay label write poster.png --producer 001191110102MACQD9K64010000 --produce-id p-2026-0001",
    "assay label write clip.mp4 --as propagator --propagator 001191110102MACQD9K64020000 "
    "--propagate-id post-77"};
constexpr std::array<std::string_view, 2> kSignExamples = {
    "openssl genpkey -algorithm SM2 -out key.pem",
    "assay label sign poster.png --key key.pem --key-id 2026a"};
constexpr std::array<std::string_view, 2> kVerifyExamples = {
    "openssl pkey -in key.pem -pubout -out public.pem",
    "assay label verify poster.png --key public.pem"};
constexpr std::array<std::string_view, 1> kCodeExamples = {
    "assay label code 001191110102MACQD9K64010000"};
constexpr std::array<std::string_view, 1> kFormatsExamples = {"assay label formats --lang zh"};

constexpr std::array<Option, 5> kChimeOptions = {
    {{"--place", "start|end", {"位置，默认 start", "where, start where not given"}},
     {"--again", "", {"已能听到节奏时再加一个", "also where a rhythm is heard already"}},
     {"--will-resign",
      "",
      {"文件带有 C2PA 签名或内容绑定，之后会重新签名",
       "the file is signed by C2PA or bound to its label, and will be signed again"}},
     kOutput,
     kJson}};
constexpr std::array<std::string_view, 3> kChimeExamples = {
    "assay label chime speech.wav -o speech-labelled.wav", "assay label chime --place end song.mp3",
    "assay label chime clip.mp4"};

constexpr std::array<Positional, 1> kOnePicture = {
    {{"FILE", Arity::one, {"PNG、JPEG 或 WebP 图片", "a PNG, JPEG or WebP picture"}}}};
constexpr std::array<Option, 8> kStampOptions = {
    {{"--text", "TEXT", {"标识文字，默认 AI生成", "what it says, AI生成 where not given"}},
     {"--corner",
      "CORNER",
      {"top-left、top-right、bottom-left 或 bottom-right（默认）",
       "top-left, top-right, bottom-left or bottom-right (default)"}},
     {"--height",
      "PERCENT",
      {"字高占最短边的百分比，默认略高于标准下限",
       "of the shortest side; where not given, a little above the least"}},
     {"--font", "FILE", {"字体文件，默认系统中文字体", "a font below /usr; else one for Chinese"}},
     {"--again", "", {"已有标识时仍再绘制", "draw it although there is one already"}},
     kWillResign,
     kOutput,
     kJson}};
constexpr std::array<std::string_view, 2> kStampExamples = {
    "assay label stamp poster.png -o labelled.png",
    "assay label stamp photo.jpg --text 人工智能生成 --corner top-left --height 6"};

constexpr std::array<Command, 9> kRows = {{
    {"label read",
     {"读出文件中的隐式标识", "read the implicit labels of files"},
     kPaths,
     kReadOptions,
     kReadExamples,
     label_read},
    {"label check",
     {"逐键检查标识，并给出平台判定", "judge labels key by key, with the verdict for platforms"},
     kPaths,
     kCheckOptions,
     kCheckExamples,
     label_check},
    {"label write",
     {"写入或更新隐式标识", "write or update the implicit label"},
     kFiles,
     kWriteOptions,
     kWriteExamples,
     label_write},
    {"label chime",
     {"在声音（WAV、MP3、AAC、M4A、FLAC、Ogg）或影片（MP4、MOV、MKV、WebM）中加入音频节奏标识（短长"
      " 短短），需 ffmpeg",
      "put the rhythm label (short-long short-short) into sound (WAV, MP3, AAC, M4A, FLAC, Ogg) or "
      "film "
      "(MP4, MOV, MKV, WebM); needs ffmpeg"},
     kFiles,
     kChimeOptions,
     kChimeExamples,
     label_chime},
    {"label stamp",
     {"在图片角落绘制显式标识并读回", "draw a label into a corner of a picture and read it back"},
     kOnePicture,
     kStampOptions,
     kStampExamples,
     label_stamp},
    {"label sign",
     {"以 SM3withSM2 签名标识并绑定内容",
      "sign the label by SM3withSM2 and bind it to the content"},
     kFiles,
     kSignOptions,
     kSignExamples,
     label_sign},
    {"label verify",
     {"核验标识的签名和内容绑定", "verify the signature and the binding of a label"},
     kFiles,
     kVerifyOptions,
     kVerifyExamples,
     label_verify},
    {"label code",
     {"检查服务提供者编码", "check provider codes"},
     kCodes,
     kJsonOptions,
     kCodeExamples,
     label_code},
    {"label formats",
     {"能读写的格式，以及标识的约定位置",
      "formats that are read and written, and the label's place"},
     {},
     kJsonOptions,
     kFormatsExamples,
     label_formats},
}};

}  // namespace

extern const Group label_group;
const Group label_group = {"label",
                           {"生成合成内容的标识：读取、检查、写入、签名",
                            "labels of generated content: read, check, write, sign"},
                           kRows};

}  // namespace assay::cli
