// `node same-values.cjs A B`: whether two files, JSON or YAML, hold the same values. The order of keys and the way that
// a number is written do not count. Prints each difference; ends with 1 if there is one.
'use strict'

const { readFileSync } = require('node:fs')
const { isDeepStrictEqual } = require('node:util')
const { parse } = require('yaml')

const isBranch = (value) => typeof value === 'object' && value !== null
const text = (value) => (value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 120))
const escape = (key) => key.replaceAll('~', '~0').replaceAll('/', '~1')

/** The places where two values differ, each as deep as both go. */
function * differences (one, other, place) {
  if (isDeepStrictEqual(one, other)) return
  if (!isBranch(one) || !isBranch(other) || Array.isArray(one) !== Array.isArray(other)) {
    yield { place, one, other }
    return
  }
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
    yield * differences(one[key], other[key], `${place}/${escape(key)}`)
  }
}

const [first, second] = process.argv.slice(2)
const [one, other] = [first, second].map((path) => parse(readFileSync(path, 'utf8')))
if (!isBranch(one) || Object.keys(one).length === 0) throw new Error(`${first} is empty`)
const found = [...differences(one, other, '#')]
for (const { place, one, other } of found) {
  console.error(`${place}\n  ${first}: ${text(one)}\n  ${second}: ${text(other)}`)
}
console.log(found.length === 0 ? `${first} and ${second} hold the same values` : `${found.length} differences`)
process.exitCode = found.length === 0 ? 0 : 1
