/** A language has every key of English; Chinese needs no singular form. */
export type Messages<T> = {
  [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string ? string : Messages<T[K]>;
};
