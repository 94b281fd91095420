export { type Complaint, flag, integer, text } from "./pydantic.ts";
export { PythonFloat } from "./python-float.ts";
