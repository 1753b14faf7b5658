import { createRandom, type Random } from "ondelette/data";

/** Words that rhyme, a family a line; a couplet takes two of one family. */
const rhymes = [
  ["light", "night", "white", "sight", "height"],
  ["sea", "tree", "key", "quay", "bee"],
  ["rain", "grain", "lane", "chain", "crane"],
  ["stone", "bone", "throne", "cone", "phone"],
  ["sand", "land", "hand", "band", "strand"],
  ["boat", "coat", "goat", "note", "moat"],
  ["wall", "hall", "ball", "squall", "shawl"],
  ["day", "bay", "hay", "tray", "jay"],
] as const;

const names = ["Ada", "Bruno", "Clara", "Dario", "Elin", "Felix", "Greta", "Hugo"] as const;
const things = [
  "gulls",
  "crabs",
  "shells",
  "ropes",
  "lamps",
  "boats",
  "nets",
  "eels",
  "pears",
  "bells",
] as const;
const colors = ["red", "green", "black", "golden", "quiet", "silver", "cold", "old"] as const;
const actors = ["keeper", "sailor", "miller", "teacher", "widow", "doctor", "baker"] as const;
const deeds = [
  "went to find",
  "looked long at",
  "came back to",
  "sang about",
  "dreamt of",
] as const;
const winds = ["north", "east", "south", "west"] as const;
const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;
const numbers = [
  "zero",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
  "thirteen",
  "fourteen",
  "fifteen",
  "sixteen",
  "seventeen",
  "eighteen",
] as const;

const pick = <T>(random: Random, list: readonly T[]): T => list[random.integer(list.length)]!; // not empty

const twoOf = <T>(random: Random, list: readonly T[]): readonly [T, T] => {
  const first = random.integer(list.length);
  const second = (first + 1 + random.integer(list.length - 1)) % list.length;
  return [list[first]!, list[second]!]; // two places of the list
};

/** Two lines that rhyme. */
function couplet(random: Random): string {
  const [first, second] = twoOf(random, pick(random, rhymes));
  const [a, b] = twoOf(random, colors);
  const [who, other] = twoOf(random, actors);
  return `The ${who} ${pick(random, deeds)} the ${a} ${first},\nand the ${other} ${pick(random, deeds)} the ${b} ${second}.\n`;
}

/** A sum that is right. */
function sum(random: Random): string {
  const [a, b] = [1 + random.integer(9), 1 + random.integer(9)];
  const what = pick(random, things);
  return `${capital(numbers[a]!)} ${what} and ${numbers[b]!} ${what} are ${numbers[a + b]!} ${what}.\n`; // at most 18
}

/** Somebody gives something away, and what is left. */
function gift(random: Random): string {
  const [giver, taker] = twoOf(random, names);
  const had = 2 + random.integer(11);
  const gave = 1 + random.integer(had - 1);
  const what = pick(random, things);
  return `${giver} had ${numbers[had]!} ${what}. ${giver} gave ${numbers[gave]!} to ${taker}. Now ${giver} has ${numbers[had - gave]!}.\n`; // below 13
}

/** A dated line of the log. */
function weather(random: Random): string {
  const month = pick(random, months);
  const wind = pick(random, winds);
  return `${month} ${1 + random.integer(28)}: wind from the ${wind}, ${pick(random, names)} at the lamp.\n`;
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/**
 * The studio's own text to learn from, of about `length` characters: the almanac of a harbor, of rhymed couplets, sums, gifts
 * with what is left, and the log of the wind. Spelling is learned in seconds, rhyme and arithmetic take longer. The same at every
 * call.
 */
export function almanac(length: number): string {
  const random = createRandom("almanac");
  const pieces: string[] = [];
  for (let written = 0; written < length; ) {
    const draw = random.integer(8);
    const entry =
      draw < 3
        ? `${couplet(random)}${couplet(random)}`
        : [sum, sum, gift, gift, weather][draw - 3]!(random); // draw is below 8
    pieces.push(entry, "\n");
    written += entry.length + 1;
  }
  return pieces.join("");
}
