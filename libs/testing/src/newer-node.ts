/** pdf.js expects a newer Node than our floor: these few functions make up for it, in the process that it runs in. */
export const newerNode = `
Promise.withResolvers ??= () => { let resolve, reject; const promise = new Promise((a, b) => { resolve = a; reject = b; }); return { promise, resolve, reject }; };
Promise.try ??= (run, ...args) => new Promise((resolve) => resolve(run(...args)));
Map.prototype.getOrInsertComputed ??= function (key, make) { if (!this.has(key)) this.set(key, make(key)); return this.get(key); };
Map.prototype.getOrInsert ??= function (key, value) { if (!this.has(key)) this.set(key, value); return this.get(key); };
WeakMap.prototype.getOrInsertComputed ??= Map.prototype.getOrInsertComputed;
Uint8Array.prototype.toHex ??= function () { return Buffer.from(this).toString('hex'); };
Uint8Array.prototype.toBase64 ??= function () { return Buffer.from(this).toString('base64'); };
Uint8Array.fromBase64 ??= (text) => new Uint8Array(Buffer.from(text, 'base64'));
Math.sumPrecise ??= (values) => { let sum = 0; for (const value of values) sum += value; return sum; };
URL.parse ??= (url, base) => { try { return new URL(url, base); } catch { return null; } };
ArrayBuffer.prototype.transferToFixedLength ??= function (length = this.byteLength) { const copy = new ArrayBuffer(length); new Uint8Array(copy).set(new Uint8Array(this, 0, Math.min(this.byteLength, length))); return copy; };
`;
