import { add, find, isSilent, prove, reasons, second } from "../../../support/mutations/hand-edits";
import type { Stack } from "../../../support/mutations/hand-edits";

test("the tree is proved as it is", () => {
  const proof = prove("shop", () => undefined);
  expect(reasons(proof)).toEqual([]);
  expect(proof).toMatchObject({ verdict: "proved", unread: [] });
  expect(isSilent("shop", () => undefined)).toBe(true);
});

describe("what changes nobody's access leaves the tree proved:", () => {
  test.each<[string, (stack: Stack) => void]>([
    [
      "a bucket",
      (stack) => {
        add(stack, "aws_s3_bucket", { bucket: "logs" });
      },
    ],
    [
      "buckets of a list",
      (stack) => {
        add(stack, "aws_s3_bucket", { for_each: "${toset([])}" });
      },
    ],
    [
      "a random name",
      (stack) => {
        add(stack, "random_id", { byte_length: 4 });
      },
    ],
    [
      "providers that compute values, with sources, versions and other names",
      (stack) => {
        Object.assign(stack.terraform, {
          required_providers: {
            "//": "what we use",
            aws: "~> 6.0",
            chance: { source: "registry.terraform.io/hashicorp/random", version: "~> 3.0" },
            time: "~> 0.13",
          },
        });
        Object.assign(stack.provider, { tls: {} });
        add(stack, "random_id", { byte_length: 4, provider: "chance" });
        add(stack, "terraform_data", { input: "x", provider: "terraform" });
      },
    ],
    ["a description", (stack) => (find(stack, "aws_iam_role").description = "x")],
    [
      "OpenTofu's switch that is on",
      (s) => (find(s, "aws_iam_role").lifecycle = { enabled: true }),
    ],
    ["no inline policies", (stack) => (find(stack, "aws_iam_role").inline_policy = [])],
    ["a data source that reads", (s) => (s.data = { aws_iam_role: { x: { name: "y" } } })],
    ["a call to read a page", (s) => (s.data = { http: { x: { url: "https://example.com" } } })],
    ["locals", (stack) => (stack.locals = { x: 1 })],
    [
      "how the provider signs in",
      ({ provider }) => Object.assign(provider.aws[0] ?? {}, { profile: "x" }),
    ],
    [
      "a second provider that makes nothing",
      (stack) => {
        second(stack);
      },
    ],
    [
      "the import of what is listed exhaustively",
      (stack) => (stack.import = [{ to: "aws_iam_role.spoke-deployer", id: "deployer" }]),
    ],
    [
      "a resource that is destroyed",
      (stack) => (stack.removed = [{ from: "aws_iam_role.old", lifecycle: { destroy: true } }]),
    ],
  ])("%s", (_, edit) => {
    const proof = prove("shop", edit);
    expect(reasons(proof)).toEqual([]);
    expect(proof.verdict).toBe("proved");
  });
});
