import { EVERYTHING, ROLE, add, testEdits } from "../../../support/mutations/hand-edits";

testEdits({
  "an import of a policy that is there": {
    stack: "shop",
    edit: (s) => {
      add(s, "aws_iam_policy", { name: "developers", policy: EVERYTHING });
      add(s, "aws_iam_role_policy_attachment", {
        role: ROLE,
        policy_arn: "${aws_iam_policy.added.arn}",
      });
      s.import = [
        { to: "aws_iam_policy.added", id: "arn:aws:iam::222222222222:policy/developers" },
      ];
    },
    verdict: "refuted",
    reason: "takes over aws_iam_policy.added by `import`: who has this policy already is not known",
  },
  "an import of a role into a module": {
    stack: "shop",
    edit: (s) => {
      s.import = { to: "module.x.aws_iam_role.this", id: "deployer" };
    },
    verdict: "unknown",
    reason: "takes over module.x.aws_iam_role.this by `import`, which is not read",
  },
  "a policy that is left in the account": {
    stack: "shop",
    edit: (s) => {
      s.removed = [{ from: "aws_iam_role_policy.old", lifecycle: { destroy: false } }];
    },
    verdict: "unknown",
    reason:
      "no longer manages aws_iam_role_policy.old by `removed`, and does not say `lifecycle.destroy`: true: what it permits may stay",
  },
  "a role that may be left in the account": {
    stack: "shop",
    edit: (s) => {
      s.removed = { from: "aws_iam_role.old", lifecycle: {} };
    },
    verdict: "unknown",
    reason:
      "no longer manages aws_iam_role.old by `removed`, and does not say `lifecycle.destroy`: true: what it permits may stay",
  },
  "commands at the end of a resource": {
    stack: "shop",
    edit: (s) => {
      s.removed = [
        {
          from: "aws_s3_bucket.old",
          lifecycle: { destroy: true },
          provisioner: [{ "local-exec": { when: "destroy", command: "true" } }],
        },
      ];
    },
    verdict: "unknown",
    reason: "has `removed` of aws_s3_bucket.old, which runs commands of a provisioner",
  },
  "a check that runs a program": {
    stack: "shop",
    edit: (s) => {
      s.check = {
        c: {
          data: { external: { d: { program: ["true"] } } },
          assert: [{ condition: "${true}", error_message: "x" }],
        },
      };
    },
    verdict: "unknown",
    reason: "has a data source `external`, which runs a program that is not read",
  },
  "a data source that calls a function": {
    stack: "shop",
    edit: (s) => {
      s.data = { aws_lambda_invocation: { x: { function_name: "f", input: "{}" } } };
    },
    verdict: "unknown",
    reason: "has a data source `aws_lambda_invocation`, which is not read",
  },
  "a data source of a provider that is not known": {
    stack: "shop",
    edit: (s) => {
      s.data = [{ shell_script: { x: { command: "true" } } }];
    },
    verdict: "unknown",
    reason: "has a data source `shell_script`, which is not read",
  },
  "an ephemeral resource that calls a function": {
    stack: "shop",
    edit: (s) => {
      s.ephemeral = { aws_lambda_invocation: { x: { function_name: "f", payload: "{}" } } };
    },
    verdict: "unknown",
    reason: "has an ephemeral resource `aws_lambda_invocation`, which is not read",
  },
  "a module": {
    stack: "shop",
    edit: (s) => {
      s.module = { x: { source: "./x" } };
    },
    verdict: "unknown",
    reason: "has modules, whose content is not read: the access in them is unknown",
  },
});
