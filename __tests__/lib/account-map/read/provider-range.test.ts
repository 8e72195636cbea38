import {
  admitsVersion,
  isEmptyRange,
  providerRange,
} from "../../../../lib/account-map/read/provider-range";
import type { ProviderVersion } from "../../../../lib/account-map/read/provider-range";

/** What Terraform 1.11.4 finds in a mirror that holds 5.100.0 and nothing else. */
const OF_5_100: readonly (readonly [string, boolean])[] = [
  ["5.100", true],
  ["=5.100.0", true],
  ["= 5.100, < 7", true],
  ["> 5.100", false],
  ["> 5", true],
  ["<= 5", false],
  ["<= 5.100", true],
  ["< 5.100.1", true],
  ["< 5.100", false],
  ["~> 5", true],
  ["~> 4", false],
  ["~> 5.0", true],
  ["~> 5.100.0", true],
  ["~> 5.99.0", false],
  ["!= 5", true],
  ["!= 5.100, >= 5", false],
];

describe("a version constraint", () => {
  test.each(OF_5_100)("%s admits 5.100.0: %s", (text, admitted) => {
    expect(admitsVersion(providerRange(text), [5, 100, 0])).toBe(admitted);
  });

  test.each<readonly [string, ProviderVersion, boolean]>([
    [">= 5.100, < 7", [6, 99, 9], true],
    [">= 5.100, < 7", [7, 0, 0], false],
    ["~> 6.25", [6, 26, 0], true],
    ["~> 6.25", [7, 0, 0], false],
    ["~> 6.25.1", [6, 25, 0], false],
    ["~> 6.25.1", [6, 26, 0], false],
    ["< 7, < 6", [6, 0, 0], false],
    ["<= 6, < 6", [6, 0, 0], false],
    [">= 6, > 6", [6, 0, 0], false],
    ["> 6, >= 6", [6, 0, 0], false],
    [">= 6.10", [6, 9, 0], false],
  ])("%s of %s: %s", (text, version, admitted) => {
    expect(admitsVersion(providerRange(text), version)).toBe(admitted);
  });

  test.each([
    ["> 6, < 6", true],
    [">= 6, < 6", true],
    [">= 6, <= 6", false],
    ["> 6.0.0, < 6.0.1", true],
    ["> 6.0.0, <= 6.0.1", false],
    ["6.25, != 6.25", true],
    [">= 6.0.0, <= 6.0.1, != 6.0.0, != 6.0.1", true],
    ["~> 6.0, < 6", true],
    ["~> 6.0, ~> 5.0", true],
    ["< 6", false],
    [">= 6, != 6", false],
  ])("%s admits nothing: %s", (text, empty) => {
    expect(isEmptyRange(providerRange(text))).toBe(empty);
  });
});
