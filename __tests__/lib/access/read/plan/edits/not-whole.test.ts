import {
  DEPLOYER,
  HUB,
  INLINE,
  INLINE_LIST,
  act,
  attachByHand,
  prove,
  testEdits,
} from "../../../../../support/mutations/edited-plans";
import { changeOf, untarget } from "../../../../../support/plans/standing-plan";

testEdits([
  [
    "a plan of a part leaves out a list, and a role has a policy made by hand",
    "refuted",
    `error: ${INLINE_LIST} leaves out \`by-hand\`, which ${DEPLOYER} has attached`,
    (shop) => {
      attachByHand(shop);
      untarget(shop, INLINE_LIST);
    },
  ],
  [
    "a plan of a part leaves out a policy",
    "unknown",
    `error: is a plan of a part: what it leaves out, such as ${INLINE}, was not read anew, and is not corrected`,
    (shop) => {
      untarget(shop, INLINE);
    },
  ],
  [
    "a plan says of itself that it is of a part",
    "unknown",
    "error: is a plan of a part: what it leaves out was not read anew, and is not corrected",
    (shop) => {
      shop.complete = false;
    },
  ],
  [
    "a plan failed",
    "unknown",
    "error: is a plan that failed: it does not hold all changes",
    (shop) => {
      shop.errored = true;
    },
  ],
  [
    "a plan with changes cannot be applied",
    "unknown",
    "error: is a plan that Terraform does not apply, and that has changes",
    (shop) => {
      shop.applyable = false;
      act(shop, DEPLOYER, "update");
    },
  ],
  [
    "a plan without changes has nothing to apply",
    "proved",
    "",
    (shop) => {
      shop.applyable = false;
    },
  ],
  [
    "a change is deferred",
    "unknown",
    `error: ${DEPLOYER} is deferred: what it will be is unknown`,
    (shop) => {
      shop.deferred_changes = [
        { reason: "provider_config_unknown", resource_change: changeOf(shop, DEPLOYER) },
      ];
    },
  ],
  [
    "a condition does not hold",
    "unknown",
    `error: has a condition of ${DEPLOYER} that does not hold`,
    (shop) => {
      shop.checks = [
        { address: { kind: "resource", to_display: DEPLOYER }, status: "fail", instances: [] },
        { address: { kind: "resource", to_display: HUB }, status: "pass", instances: [] },
      ];
    },
  ],
  [
    "a check only warns",
    "proved",
    "",
    (shop) => {
      shop.checks = [{ address: { kind: "check", to_display: "check.a" }, status: "fail" }];
    },
  ],
  [
    "a data source runs a program",
    "unknown",
    "error: data.external.a runs a program that is not read",
    (shop) => {
      shop.configuration.root_module.resources.push({
        address: "data.external.a",
        ...{ mode: "data", type: "external" },
        expressions: {},
      });
    },
  ],
  [
    "a data source calls a function of Lambda",
    "unknown",
    "error: data.aws_lambda_invocation.a runs a program that is not read",
    (shop) => {
      shop.configuration.root_module.resources.push({
        address: "data.aws_lambda_invocation.a",
        ...{ mode: "data", type: "aws_lambda_invocation" },
        expressions: {},
      });
    },
  ],
  [
    "a provider that is not known is configured",
    "unknown",
    "error: runs the provider `registry.terraform.io/example/helper`, which is not known: it could call IAM",
    (shop) => {
      Object.assign(shop.configuration.provider_config, {
        helper: { name: "helper", full_name: "registry.terraform.io/example/helper" },
      });
    },
  ],
  [
    "a provider of AWS's name and another source makes a role",
    "unknown",
    "error: runs the provider `example.com/hashicorp/aws`, which is not known: it could call IAM",
    (shop) => {
      for (const change of shop.resource_changes) {
        Object.assign(change, { provider_name: "example.com/hashicorp/aws" });
      }
    },
  ],
  [
    "a provider that computes values, of OpenTofu",
    "proved",
    "",
    (shop) => {
      Object.assign(shop.configuration.provider_config, {
        random: { name: "random", full_name: "registry.opentofu.org/hashicorp/random" },
      });
    },
  ],
]);

test("a plan that only reads anew leaves everything as it is", () => {
  const { verdict } = prove((shop) => {
    shop.resource_changes = [];
  });
  expect(verdict).toBe("proved");
});
