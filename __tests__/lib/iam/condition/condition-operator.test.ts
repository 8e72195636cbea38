import { OPERATOR_NAMES, parseOperator } from "../../../../lib/iam/condition/condition-operator";

test("the operators are those of GR-15", () => {
  expect([...OPERATOR_NAMES].sort()).toEqual(
    [
      ...["StringEquals", "StringNotEquals", "StringEqualsIgnoreCase"],
      ...["StringNotEqualsIgnoreCase", "StringLike", "StringNotLike"],
      ...["NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals"],
      ...["NumericGreaterThan", "NumericGreaterThanEquals"],
      ...["DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals"],
      ...["DateGreaterThan", "DateGreaterThanEquals"],
      ...["Bool", "BinaryEquals", "IpAddress", "NotIpAddress"],
      ...["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "Null"],
    ].sort(),
  );
});

test("every operator but Null takes prefixes and the suffix", () => {
  for (const name of OPERATOR_NAMES) {
    const combined = parseOperator(`ForAnyValue:${name}IfExists`);
    if (name === "Null") expect(combined).toBeUndefined();
    else expect(combined).toMatchObject({ quantifier: "any", ifExists: true });
  }
  expect(parseOperator("NullIfExists")).toBeUndefined();
  expect(parseOperator("ForAllValues:Null")).toBeUndefined();
});

test("an operator is taken apart", () => {
  expect(parseOperator("ForAllValues:StringNotLike")).toEqual({
    family: "String",
    comparison: "like",
    negated: true,
    quantifier: "all",
    ifExists: false,
  });
  expect(parseOperator("NumericLessThanEqualsIfExists")).toEqual({
    family: "Numeric",
    comparison: "less-equals",
    negated: false,
    quantifier: "none",
    ifExists: true,
  });
});

test.each([
  "StringEqual",
  "stringEquals",
  "STRINGEQUALS",
  "",
  "IfExists",
  "ForAnyValue:",
  "forAnyValue:StringEquals",
  "ForAnyValue:ForAllValues:StringEquals",
  "StringEqualsIfExistsIfExists",
  "BinaryNotEquals",
  "toString",
])("`%s` is no operator", (name) => {
  expect(parseOperator(name)).toBeUndefined();
});
