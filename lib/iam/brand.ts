declare const brand: unique symbol;

/** A string that was checked at the edge: inside, nobody has to ask again whether it is one. */
export type Brand<Name extends string> = string & { readonly [brand]: Name };
