// In the place of body-parser in the built files: the double reads bodies itself.
export {};
