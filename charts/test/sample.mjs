// What is tried of a thing that takes long: all of it, or a share that a seed chooses, so that every run can be repeated.
//
//   EVERY   one of so many; 1 is all, as in "make chart"
//   SEED    which of them; every seed is another share, and EVERY of them in a row are the whole

const every = Number(process.env.EVERY || 1)

export const seed = Number(process.env.SEED || 5)

export const isWhole = every === 1

export const oneOf = (all) => all.filter((_, at) => at % every === seed % every)

/** Said beside every count of a share. */
export const share = isWhole ? '' : `, one of ${every} of all by the seed ${seed}`
