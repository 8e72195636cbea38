import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EdgeChange } from "../../lib/review/kinds/edge";
import type { AccessChange } from "../../lib/review/kinds/kinds";
import { ComparedFolders } from "../support/projects/compared-folders";
import type { ComparedSide } from "../support/projects/compared-folders";
import type { Statement } from "../../lib/iam/policy-document";
import { MARKER } from "../../lib/review/report/markdown/render-markdown";
import { outsideOfCode } from "../support/reviews/outside-of-code";
import { HOSTILE_NAMES } from "../support/reviews/sample-reviews";
import { roleBlock, stackText } from "../support/plans/terraform-stacks";
import { golden } from "../support/golden-file";
import { ROOT, synthesizeMap } from "../support/project";

const FOLDER = "reviews/callers";

function sideOf(name: string): ComparedSide {
  const map = readFileSync(join(ROOT, "__tests__/fixtures", FOLDER, `${name}.yaml`), "utf8");
  const { stacks } = synthesizeMap(map).tree;
  return { stacks: [...stacks].map(([stack, text]) => ({ stack, text })), map };
}

interface SarifLog {
  readonly runs: readonly [{ readonly results: readonly { readonly message: { text: string } }[] }];
}

/** Labels of the nodes of the report's first graph, one a line. */
function nodesOf(html: string): string {
  const [graph = ""] = html.split("</svg>");
  const labels = [...graph.matchAll(/aria-label="([^"]*)" aria-expanded/g)].map(
    ([, label]) => label,
  );
  return `${labels.join("\n")}\n`;
}

describe.each([
  ["new", "base", "head"],
  ["changed", "head", "wider"],
  ["removed", "head", "base"],
])("the review of roles that are %s names every caller with its conditions", (name, base, head) => {
  let compared: ComparedFolders;

  beforeAll(() => {
    compared = new ComparedFolders(sideOf(base), sideOf(head));
  });

  afterAll(() => {
    compared.remove();
  });

  test.each([
    ["text", "txt"],
    ["markdown", "md"],
    ["github", "annotations.txt"],
  ])("as %s", async (format, extension) => {
    const output = await compared.review(format);
    expect(output).toBe(golden(`${FOLDER}/${name}.${extension}`, output));
  });

  test("as JSON", async () => {
    const { changes } = JSON.parse(await compared.review("json")) as { changes: AccessChange[] };
    const edges = changes.filter((change): change is EdgeChange => change.kind === "edge");
    const output = `${JSON.stringify(
      edges.map(({ direction, from, to, caller, terms }) => ({
        direction,
        from,
        to,
        caller,
        terms,
      })),
      null,
      2,
    )}\n`;
    expect(output).toBe(golden(`${FOLDER}/${name}.edges.json`, output));
  });

  test("as SARIF, with the words of the annotations", async () => {
    const log = JSON.parse(await compared.review("sarif")) as SarifLog;
    const messages = log.runs[0].results.map(({ message }) => message.text).sort();
    const annotations = (await compared.review("github"))
      .trimEnd()
      .split("\n")
      .map((line) => line.replace(/^::[^:]*::/, "").replaceAll("%25", "%"))
      .sort();
    expect(messages).toEqual(annotations);
  });

  test("as nodes of the report", async () => {
    const output = nodesOf(await compared.report());
    expect(output).toBe(golden(`${FOLDER}/${name}.nodes.txt`, output));
  });
});

test.each([
  ["new", "base", "head", "gains"],
  ["removed", "head", "base", "loses"],
])("in no form does a %s role gain and lose at once", async (_name, base, head, verb) => {
  const compared = new ComparedFolders(sideOf(base), sideOf(head));
  try {
    const outputs: string[] = [];
    for (const format of ["text", "markdown", "github", "json", "sarif"]) {
      outputs.push(await compared.review(format));
    }
    outputs.push(await compared.report());
    const texts = outputs.map((output) => output.replace(/<[^>]*>|`/g, "").replace(/\s+/g, " "));
    expect(texts.map((text) => / gains [^;]*? and loses /.test(text))).toEqual(
      outputs.map(() => false),
    );
    expect(texts.map((text) => text.includes(`pipelines in tools ${verb} sts: Write`))).toEqual([
      true,
      true,
      true,
      false,
      true,
      true,
    ]);
    expect(outputs[3]).toContain(`"direction": "${verb === "gains" ? "gained" : "lost"}"`);
  } finally {
    compared.remove();
  }
});

/** One role that every kind of principal can assume, with a hostile text wherever one can stand. */
function hostileSide(name: string): ComparedSide {
  const provider = (kind: string, of: string): string => `arn:aws:iam::${TOOLS}:${kind}/${of}`;
  const github = "token.actions.githubusercontent.com";
  const federated = (
    of: string,
    action: string,
    StringEquals: Statement["Condition"],
  ): Statement => ({
    Effect: "Allow",
    Principal: { Federated: of },
    Action: `sts:${action}`,
    Condition: { ...StringEquals },
  });
  const service = (of: string, Condition: Statement["Condition"] = {}): Statement => ({
    Effect: "Allow",
    Principal: { Service: of },
    Action: "sts:AssumeRole",
    Condition,
  });
  const statements: readonly Statement[] = [
    federated(provider("oidc-provider", github), "AssumeRoleWithWebIdentity", {
      StringEquals: { [`${github}:sub`]: [`repo:${name}/${name}:environment:${name}`, name] },
    }),
    federated(provider("oidc-provider", "id.example.com"), "AssumeRoleWithWebIdentity", {
      StringLike: { "id.example.com:sub": `${name}*`, "id.example.com:team": name },
    }),
    federated(provider("saml-provider", name), "AssumeRoleWithSAML", {
      StringEquals: { "SAML:sub": name },
    }),
    service("lambda.amazonaws.com", {
      ArnLike: { "aws:SourceArn": `arn:aws:lambda:eu-central-1:${TOOLS}:function:${name}` },
    }),
    service("pods.eks.amazonaws.com", {
      StringEquals: {
        "aws:RequestTag/kubernetes-namespace": name,
        "aws:RequestTag/kubernetes-service-account": name,
      },
    }),
    service("rolesanywhere.amazonaws.com", {
      StringEquals: { [`aws:PrincipalTag/x509Subject/${name}`]: name },
    }),
    {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${TOOLS}:root` },
      Action: "sts:AssumeRole",
      Condition: {
        ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${TOOLS}:user/${name}` },
        StringEquals: { "sts:ExternalId": name, [`aws:PrincipalTag/${name}`]: name },
        StringNotEquals: { "aws:SourceVpc": name },
      },
    },
    { Effect: "Deny", NotPrincipal: { AWS: name }, Action: "sts:AssumeRole" },
  ];
  return {
    stacks: [stackText("tools", TOOLS, { aws_iam_role: { r: roleBlock("r", statements) } })],
  };
}

const TOOLS = "111111111111";

// eslint-disable-next-line no-control-regex -- these are the characters that must not come through
const UNSAFE = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069\uFEFF]/;

describe("hostile names", () => {
  const hostile = HOSTILE_NAMES.filter((name) => name !== "");

  test.each(hostile)("mean nothing in any format: %j", async (name) => {
    const empty = { stacks: [stackText("tools", TOOLS, {})] };
    const compared = new ComparedFolders(empty, hostileSide(name));
    try {
      const text = await compared.review("text");
      expect(text).toMatch(/GitHub/);
      expect(text).not.toMatch(UNSAFE);
      const markdown = await compared.review("markdown");
      expect(markdown).not.toMatch(UNSAFE);
      const outside = outsideOfCode(markdown)
        .replaceAll(/<\/?(?:details|summary)>/g, "")
        .replace(MARKER, "")
        .replaceAll("<br/>", "");
      expect(outside).not.toMatch(/[<>]|@[a-z]|https?:|\]\(/);
      const annotations = (await compared.review("github")).trimEnd().split("\n");
      const others = annotations.filter((line) => !/^::(?:error|warning|notice) file=/.test(line));
      expect(others).toEqual([]);
      const report = await compared.report();
      expect(report).not.toMatch(UNSAFE);
      const tags = [...report.matchAll(/<([a-zA-Z!][a-zA-Z0-9]*)/g)].map(([, tag = ""]) => tag);
      expect(tags.filter((tag) => /img|iframe|base|form|object|^a$/.test(tag))).toEqual([]);
      expect(report.match(/<script/g)).toHaveLength(1);
      JSON.parse(await compared.review("json"));
    } finally {
      compared.remove();
    }
  });
});
