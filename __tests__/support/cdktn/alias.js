"use strict";

/**
 * Has a program that requires `cdktf` get `cdktn`, as in an installation in which npm puts the one in the place of
 * the other (`"cdktf": "npm:cdktn@..."`).
 */
const Module = require("node:module");

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const own = /^cdktf(?=\/|$)/;
  return resolve.call(this, request.replace(own, "cdktn"), ...rest);
};
