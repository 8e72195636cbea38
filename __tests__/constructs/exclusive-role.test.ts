import { escapedTags } from "../../constructs/exclusive-role";

describe("tags", () => {
  test("are written with what Terraform would read as a template escaped (GR-23)", () => {
    expect(escapedTags({ "a${b}": "%{c}", plain: "$5 {x}" })).toEqual({
      tags: { "a$${b}": "%%{c}", plain: "$5 {x}" },
    });
  });

  test.each([[undefined], [{}]])("are left to the provider where there are none: %j", (tags) => {
    expect(escapedTags(tags)).toEqual({});
  });
});
