import { join } from "node:path";
import { arrangeCifar10 } from "./arrange/cifar10.ts";
import { arrangeSpokenDigits } from "./arrange/spokenDigits.ts";
import type { Dataset, DatasetFile } from "./dataset.ts";

/** The data sets that have a name here. */
export const datasetNames = [
  "mnist",
  "fashion-mnist",
  "cifar10",
  "tinyshakespeare",
  "jsb-chorales",
  "free-spoken-digits",
  "kodak",
] as const;

export type DatasetName = (typeof datasetNames)[number];

/** The four files of a set in MNIST's form, on one server. */
function idxFiles(
  address: string,
  sums: readonly (readonly [name: string, bytes: number, sha256: string])[],
): readonly DatasetFile[] {
  return sums.map(([name, bytes, sha256]) => ({ name, url: `${address}/${name}`, bytes, sha256 }));
}

/**
 * Every data set by its name. Sizes and SHA-256 of MNIST, Fashion-MNIST, CIFAR-10, tiny Shakespeare and the spoken digits are
 * those that TensorFlow Datasets publishes (`url_checksums/`, `checksums.tsv`); CIFAR-10's MD5 stands on its own page. Those
 * of the Kodak pictures are in several public test suites. The chorales have no published checksum, so none stands here.
 */
export const datasets: { readonly [Name in DatasetName]: Dataset & { readonly name: Name } } = {
  mnist: {
    name: "mnist",
    about: "handwritten digits: 60,000 + 10,000 gray pictures of 28×28 pixels",
    files: idxFiles("https://ossci-datasets.s3.amazonaws.com/mnist", [
      [
        "train-images-idx3-ubyte.gz",
        9912422,
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
      ],
      [
        "train-labels-idx1-ubyte.gz",
        28881,
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
      ],
      [
        "t10k-images-idx3-ubyte.gz",
        1648877,
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
      ],
      [
        "t10k-labels-idx1-ubyte.gz",
        4542,
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
      ],
    ]),
    license: "not stated by the authors; often passed on as CC BY-SA 3.0",
    page: "http://yann.lecun.com/exdb/mnist/",
    citation:
      "Y. LeCun, L. Bottou, Y. Bengio, P. Haffner: Gradient-based learning applied to document recognition. " +
      "Proceedings of the IEEE 86(11), 1998",
    layout: "four IDX files, compressed with gzip, as the authors name them",
    command: (folder) => `ondelette image train --data ${folder} --out runs/mnist`,
  },
  "fashion-mnist": {
    name: "fashion-mnist",
    about: "clothes: 60,000 + 10,000 gray pictures of 28×28 pixels in ten classes",
    files: idxFiles("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com", [
      [
        "train-images-idx3-ubyte.gz",
        26421880,
        "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
      ],
      [
        "train-labels-idx1-ubyte.gz",
        29515,
        "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
      ],
      [
        "t10k-images-idx3-ubyte.gz",
        4422102,
        "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
      ],
      [
        "t10k-labels-idx1-ubyte.gz",
        5148,
        "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
      ],
    ]),
    license: "MIT",
    page: "https://github.com/zalandoresearch/fashion-mnist",
    citation:
      "H. Xiao, K. Rasul, R. Vollgraf: Fashion-MNIST: a novel image dataset for benchmarking machine learning " +
      "algorithms. arXiv:1708.07747, 2017",
    layout: "four IDX files, compressed with gzip, named like those of MNIST",
    command: (folder) => `ondelette image train --data ${folder} --out runs/fashion`,
  },
  cifar10: {
    name: "cifar10",
    about: "tiny photographs: 50,000 + 10,000 color pictures of 32×32 pixels in ten classes",
    files: [
      {
        name: "cifar-10-binary.tar.gz",
        url: "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
        bytes: 170052171,
        sha256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
        md5: "c32a1d4ab5d03f1284b67883e8d87530",
      },
    ],
    license: "not stated by the authors, who ask to cite their report",
    page: "https://www.cs.toronto.edu/~kriz/cifar.html",
    citation:
      "A. Krizhevsky: Learning multiple layers of features from tiny images. Technical report, University of Toronto, 2009",
    layout: "train/<class>/<number>.png and test/<class>/<number>.png, the pixels unchanged",
    command: (folder) => `ondelette image train --data ${folder} --color ycbcr --out runs/cifar10`,
    arrange: (from, to, options) =>
      arrangeCifar10(join(from, "cifar-10-binary.tar.gz"), to, options),
  },
  tinyshakespeare: {
    name: "tinyshakespeare",
    about: "plays of Shakespeare: 1.1 million characters of text",
    files: [
      {
        name: "input.txt",
        url: "https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/input.txt",
        bytes: 1115394,
        sha256: "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed",
      },
    ],
    license: "the text is in the public domain",
    page: "https://github.com/karpathy/char-rnn",
    citation: "A. Karpathy: The unreasonable effectiveness of recurrent neural networks, 2015",
    layout: "one text file, input.txt",
    command: (folder) =>
      `ondelette sequence train --kind chars --data ${folder} --out runs/shakespeare`,
  },
  "jsb-chorales": {
    name: "jsb-chorales",
    about: "chorales of Bach: 382 pieces, their pitches at every sixteenth note",
    files: [
      {
        name: "jsb-chorales-16th.json",
        url: "https://raw.githubusercontent.com/czhuang/JSB-Chorales-dataset/master/jsb-chorales-16th.json",
      },
    ],
    license: "not stated by the authors; the music is in the public domain",
    page: "https://github.com/czhuang/JSB-Chorales-dataset",
    citation:
      "N. Boulanger-Lewandowski, Y. Bengio, P. Vincent: Modeling temporal dependencies in high-dimensional sequences. " +
      "ICML 2012",
    layout: "one JSON file with the lists train, valid and test",
    command: (folder) => `ondelette sequence train --kind midi --data ${folder} --out runs/bach`,
  },
  "free-spoken-digits": {
    name: "free-spoken-digits",
    about: "spoken digits: 2,500 recordings at 8 kHz",
    files: [
      {
        name: "free-spoken-digit-dataset-1.0.9.tar.gz",
        url: "https://github.com/Jakobovski/free-spoken-digit-dataset/archive/v1.0.9.tar.gz",
        bytes: 11975353,
        sha256: "8bc44cde129d505cbbb6b365c09f80c663f2aa77578afc634e6141a2f87100c0",
      },
    ],
    license: "CC BY-SA 4.0",
    page: "https://github.com/Jakobovski/free-spoken-digit-dataset",
    citation: "Z. Jackson and others: Free Spoken Digit Dataset, version 1.0.9, 2020",
    layout:
      "train/<digit>/ and test/<digit>/ with <digit>_<speaker>_<number>.wav; the numbers 0 to 4 are the test",
    command: (folder) => `ondelette sequence train --kind audio --data ${folder} --out runs/digits`,
    arrange: (from, to, options) =>
      arrangeSpokenDigits(join(from, "free-spoken-digit-dataset-1.0.9.tar.gz"), to, options),
  },
  kodak: {
    name: "kodak",
    about: "photographs: 24 color pictures of 768×512 pixels, never compressed with loss",
    files: kodakFiles(),
    license: "released by the Eastman Kodak Company for unrestricted use",
    page: "https://r0k.us/graphics/kodak/",
    citation: "Kodak lossless true color image suite (PhotoCD PCD0992)",
    layout: "kodim01.png to kodim24.png",
    command: (folder) => `ondelette image encode ${folder}/kodim23.png -o kodim23.ondl`,
  },
};

function kodakFiles(): readonly DatasetFile[] {
  const sums = `
    a56e27cbf5f843c048b6af1d6e090760e9c92fadba88b7dee0205918a37523bd
    4f4b74a79237e311d72cad958237b5f7088d8bce1c82305ebefe1a70e3022dfd
    e25ca1ff2f0c0cb5fdfd5f9b0a0bb21ac4c3de3c84a67f35b09a85d3306249db
    e3b946107c5d3441c022f678d0c3caf1e224d81b1604ba840a4f88e562de61aa
    10349e963c5c813d327852f82c1795fa4148d69fedffc4c589bee458e3ac3d53
    363510303b715d4cbc384e1ce227e466b613a09e1b71ae985882bf8e7fbd9b18
    b77d3f006f42414bb242222e0482e750c0fb9e5ee8d4bed2f6f11c5605fe54a4
    ba23983c76b4832ee0e8af0592664756841a16779acd69f792e268fb6d13d6e7
    6a4361c2fc194feb4edaa9f9a4a0620fb9943e460ac7fdf037fb0f6dd6607a7d
    9dfb70f5867c29ff9ed6313683f19b3d867849e40fbc0c4c54a4a89df341cf23
    7936814b58b5387fce2e4e2488b4ec830dadd95fa9520f358ddb30990b50f2b6
    d78c37c2f04f23761ed2367dd77e2db584ddd4c3950833fecf89f199a8126980
    bc34a3ce58dea09dce1704c997171602de90cb34d0c8503a988b77f473d39b08
    55a94550ff18f3246c4074fd32b77b0c74447c26b6ad274d564d999c0450ba6e
    7538cbb80cb9103606c48b806eae57d56c885c7f90b9b3be70a41160f9cbb683
    a89c7268ccd4718ba424a99fc4643c572cf692ca6eae887185ceb4e9f11d2e54
    37afcc89fbdcb76d9518e04b2fc011027e2f4cd14b3b2f83cefd721641a47c5b
    1a9258c365988961d87a0598725b609139c303ad48a5aad6c503c3b1a87849aa
    b7450b264b1b0a411390d8931b112c27905a992520fc90569dc4b920aa32bbdc
    3b46c71e3b92a563820ba32936be8330c586c41f938efd94be938386aae4328a
    ac958597c82073f6bb65129c68f72b651db5b9efd82e11547d07350214bc268b
    1cee58eb1f2d9c7ebb254d208a03c783ce6cf2c4d8c2cf45e235dd23b4ce1b29
    e3111a2fd4da24af15d6459ef9eacfe54106b38e27b4a21821b75c3f5d2d5baf
    1071c68372cc5a01435c2c225a5cf7d4bb803846ec08bb6b3d6721b156d7cb96`;
  return sums
    .trim()
    .split(/\s+/)
    .map((sha256, i) => {
      const name = `kodim${String(i + 1).padStart(2, "0")}.png`;
      return { name, url: `https://r0k.us/graphics/kodak/kodak/${name}`, sha256 };
    });
}
