// Fields: fits a picture as a continuous function and draws a part of it at twelve points a pixel.
// Run: node examples/11-fit-and-zoom-a-picture.ts [FOLDER] [PICTURE]
import { drawSvg, makeFolder, writeImage } from "ondelette/data";
import {
  createField,
  fitField,
  loadSignal,
  openField,
  renderField,
  saveSignal,
} from "ondelette/field";

const [folder = "fields/zoom", picture = `${folder}/picture.png`] = process.argv.slice(2);
await makeFolder(folder);
if (process.argv[3] === undefined) {
  await writeImage(
    picture,
    await drawSvg(`
    <svg xmlns="http://www.w3.org/2000/svg" width="160" height="120">
      <rect width="160" height="120" fill="#dec"/>
      <ellipse cx="80" cy="60" rx="60" ry="34" fill="#fff" stroke="#432" stroke-width="4"/>
      <circle cx="80" cy="60" r="27" fill="#48a"/>
      <circle cx="80" cy="60" r="12" fill="#112"/>
      <circle cx="88" cy="52" r="5" fill="#fff"/>
      <path d="M20 40 Q80 -10 140 40" fill="none" stroke="#432" stroke-width="6"/>
    </svg>`),
  );
}

// 9,600 numbers for the 57,600 of the picture.
const signal = await loadSignal(picture);
const config = createField(signal, { path: picture, model: "expansion", parameters: 9600 });
const { psnr, seconds } = await fitField(`${folder}/field`, config, signal);
console.log(`${picture}: ${psnr.toFixed(1)} dB by 9600 parameters in ${seconds.toFixed(1)} s`);

const field = await openField(`${folder}/field`);
await saveSignal(`${folder}/whole.png`, await renderField(field));
// 40 × 32 pixels from row 44 and column 72 on; the field has values between the pixels too.
const eye = await renderField(field, { from: [44, 72], size: [32, 40], scale: 12 });
await saveSignal(`${folder}/eye.png`, eye);
console.log(`${folder}/whole.png, ${folder}/eye.png`);
