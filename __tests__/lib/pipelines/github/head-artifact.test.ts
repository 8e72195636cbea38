import { tmpdir } from "node:os";
import { join } from "node:path";
import { FakeGithub } from "../../../support/gate/fake-github";
import { PipelineFolder } from "../../../support/gate/pipeline-files";
import { ShellFolder } from "../../../support/gate/shell-folder";
import { pipelineMap } from "../../plan/support/pipeline-map";

const files = new PipelineFolder(pipelineMap());
const fetch = files.step(
  ".github/workflows/trustwheel-gate.yaml",
  "judge",
  "Fetch the head's output as data",
);
const pack = files.step(".github/workflows/trustwheel-review.yaml", "head", "Pack");
const RUN = "repos/example-org/platform/actions/runs/42/artifacts?name=trustwheel-head";

/** A file outside of every folder that the steps may write to. */
const ELSEWHERE = join(tmpdir(), "evil");

let folder: ShellFolder;
let github: FakeGithub;

beforeEach(() => {
  folder = new ShellFolder();
  github = new FakeGithub(folder);
});
afterEach(() => {
  folder.remove();
});

interface Fetched {
  readonly code: number | null;
  readonly output: string;
  /** All files and links below the folder that it unpacks to. */
  readonly tree: readonly string[];
}

function fetched(script: string, artifact: Readonly<Record<string, unknown>> = {}): Fetched {
  folder.run(`mkdir make && cd make && ${script}`);
  const made = folder.run("test -f make/head.zip").code === 0;
  if (made) github.file("repos/example-org/platform/actions/artifacts/9/zip", "make/head.zip");
  const artifacts = [{ id: 9, size_in_bytes: 100, expired: false, ...artifact }];
  github.answer(RUN, { artifacts: made ? artifacts : [] });
  const env = { GITHUB_REPOSITORY: "example-org/platform", RUN_ID: "42" };
  const { code, output } = folder.run(fetch, env);
  const listed = folder.run("find head-tree -not -type d 2> /dev/null | sort").output;
  return { code, output, tree: listed.split("\n").filter((line) => line !== "") };
}

/** Makes an archive of one file with such lines. */
const lines = (...texts: readonly string[]): string =>
  `printf '%s\\n' ${texts.map((text) => `'${text}'`).join(" ")} > head.jsonl && zip -q head.zip head.jsonl`;
const line = (stack: string, text = "{}"): string => JSON.stringify({ stack, text });

test("what was packed comes out as it was", () => {
  const text = '{\n  "a": "é \\u0000 ${x}\\t"\n}\n';
  folder.write("make/cdktf.out/stacks/shop/cdk.tf.json", text);
  folder.write("make/cdktf.out/stacks/data-1/cdk.tf.json", "{}");
  const { code, tree } = fetched(`cd .. ; cd make; (${pack}) && zip -q head.zip head.jsonl`);
  expect(code).toBe(0);
  expect(tree).toEqual([
    "head-tree/stacks/data-1/cdk.tf.json",
    "head-tree/stacks/shop/cdk.tf.json",
  ]);
  expect(folder.read("head-tree/stacks/shop/cdk.tf.json")).toBe(text);
});

test("without an artifact there is nothing to take", () => {
  expect(fetched("true")).toEqual({
    code: 0,
    output: "no artifact trustwheel-head\n",
    tree: [],
  });
  expect(folder.run("test -e head-tree").code).toBe(1);
});

test("one that has expired is none", () => {
  expect(fetched(lines(line("shop")), { expired: true })).toMatchObject({ code: 0, tree: [] });
});

const ONE_FILE = "the artifact must be one file head.jsonl\n";
const NO_STACK = "a line is not a stack with a name and a text";

test.each([
  [
    "a path that leads elsewhere",
    "mkdir x && cd x && echo > ../evil && zip -q ../head.zip ../evil",
    ONE_FILE,
  ],
  ["another name", "echo > evil && zip -q head.zip evil", ONE_FILE],
  ["a second file", `echo > evil && ${lines(line("shop"))} && zip -q head.zip evil`, ONE_FILE],
  ["a folder", "mkdir head.jsonl && echo > head.jsonl/x && zip -qr head.zip head.jsonl", ONE_FILE],
  ["a link", "ln -s /etc/hostname head.jsonl && zip -qy head.zip head.jsonl", "parse error"],
  ["no archive", "echo x > head.zip", ""],
  ["text that is no JSON", lines("{"), "parse error"],
  ["a value that is no stack", lines("[]"), NO_STACK],
  ["a stack without a name", lines('{"text":"{}"}'), NO_STACK],
  ["a stack without a text", lines('{"stack":"shop"}'), NO_STACK],
  ["a text that is no text", lines('{"stack":"shop","text":{}}'), NO_STACK],
  ["a name that leads elsewhere", lines(line("../../evil")), NO_STACK],
  ["a name that is a path", lines(line("a/b")), NO_STACK],
  ["an absolute name", lines(line(ELSEWHERE)), NO_STACK],
  ["a name that is hidden", lines(line(".git")), NO_STACK],
  ["a name that looks like an option", lines(line("-rf")), NO_STACK],
  ["an empty name", lines(line("")), NO_STACK],
  ["a name with a line end", lines(line("shop\n")), NO_STACK],
  ["a name that is too long", lines(line("a".repeat(101))), NO_STACK],
  ["a name that comes twice", lines(line("shop"), line("shop")), "File exists"],
  ["a good stack before a bad one", lines(line("shop"), line("..")), NO_STACK],
])("refused: %s", (_, script, message) => {
  const { code, output } = fetched(script);
  expect(code).not.toBe(0);
  expect(output).toContain(message);
  expect(folder.run(`ls -d make/../evil ../evil ${ELSEWHERE} 2> /dev/null`).output).toBe("");
});

test("refused before it is fetched: an artifact that is too large", () => {
  const { code, output, tree } = fetched(lines(line("shop")), { size_in_bytes: 134_217_729 });
  expect([code, output, tree]).toEqual([
    1,
    "the artifact has 134217729 bytes, the limit is 134217728\n",
    [],
  ]);
  expect(folder.read("calls")).not.toContain("zip");
});

test("refused: what is small and unpacks to more than is read", () => {
  const limit = 1024 * 1024 * 1024;
  const small = fetch.replaceAll(String(limit + 1), "1001").replaceAll(String(limit), "1000");
  expect(small).not.toBe(fetch);
  fetched(lines(line("shop", "x".repeat(2000))));
  folder.run("rm -rf head-tree");
  const env = { GITHUB_REPOSITORY: "example-org/platform", RUN_ID: "42" };
  expect(folder.run(small, env)).toEqual({
    code: 1,
    output: "the unpacked artifact has more than 1000 bytes\n",
  });
  expect(folder.run("test -e head-tree").code).toBe(1);
});
