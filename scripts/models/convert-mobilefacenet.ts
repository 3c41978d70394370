/**
 * Turns a TensorFlow Lite face recogniser (MobileFaceNet) into ONNX. Pictures lie channels-last there and channels-first
 * here, so weights are turned and whatever depends on the order of axes is said anew.
 */
import { type OnnxAttribute, type OnnxNode, type OnnxTensor, type OnnxValue, writeOnnx } from './onnx-writer.ts';
import { readTflite, type TfliteGraph, type TfliteOperator, type TfliteTensor } from './tflite.ts';

/** A parametric ReLU as the file writes it out: relu(x) + half · (x − |x|), half the slope below zero. */
const PRELU = ['RELU', 'ABS', 'SUB', 'MUL', 'ADD'];

/** Where the options of a convolution lie, and how its weights are turned to out×in×height×width. */
const CONVOLUTIONS: Readonly<Record<string, { activation: number; dilation: number; turn: readonly number[] }>> = {
  CONV_2D: { activation: 3, dilation: 4, turn: [0, 3, 1, 2] },
  // Kept as 1×height×width×channels. One option more: the multiplier, which the shapes tell as well.
  DEPTHWISE_CONV_2D: { activation: 4, dilation: 5, turn: [3, 0, 1, 2] },
};

/** The model as far as it is converted. */
interface Conversion {
  readonly graph: TfliteGraph;
  readonly constants: OnnxTensor[];
  readonly nodes: OnnxNode[];
}

interface Weights {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * @param bytes a `.tflite` file with float32 weights, whose pictures are number×height×width×channels
 * @returns the same model as ONNX for one picture, 1×channels×height×width; names of input and output are kept
 * @throws Error naming the operator or option that is not converted here
 */
export function convertMobileFaceNet(bytes: Uint8Array): Uint8Array {
  const graph = readTflite(bytes);
  const { inputs, outputs, operators } = graph;
  const conversion: Conversion = { graph, constants: [], nodes: [] };
  for (let at = 0; at < operators.length; ) {
    const isPrelu = PRELU.every((code, step) => operators[at + step]?.code === code);
    const steps = operators.slice(at, at + (isPrelu ? PRELU.length : 1));
    if (isPrelu) addPrelu(conversion, steps);
    else addOperator(conversion, steps[0] as TfliteOperator);
    at += steps.length;
  }
  const { constants, nodes } = conversion;
  return writeOnnx({
    name: 'mobilefacenet',
    inputs: inputs.map((id) => value(graph, id)),
    outputs: outputs.map((id) => value(graph, id)),
    constants,
    nodes,
  });
}

/** An input or output of the model: one picture at a time, whatever number the file was exported for. */
function value(graph: TfliteGraph, id: number): OnnxValue {
  const { name, shape } = tensor(graph, id);
  const [, ...sides] = shape;
  const channels = shape.length === 4 ? sides.splice(2) : [];
  return { name, type: 'float32', shape: [1, ...channels, ...sides] };
}

function addOperator(conversion: Conversion, operator: TfliteOperator): void {
  const { code } = operator;
  if (code in CONVOLUTIONS) addConvolution(conversion, operator);
  else if (code === 'RESHAPE') addFlatten(conversion, operator);
  else if (code === 'ADD') {
    refuseActivation(operator, 0);
    push(conversion, 'Add', operator, [computed(conversion, operator, 0), computed(conversion, operator, 1)]);
  } else throw new Error(`operator ${code} is not converted here`);
}

function addConvolution(conversion: Conversion, operator: TfliteOperator): void {
  const { code, options, inputs, outputs } = operator;
  const { activation, dilation, turn } = CONVOLUTIONS[code] as (typeof CONVOLUTIONS)[string];
  refuseActivation(operator, activation);
  if (options.int32(dilation, 1) !== 1 || options.int32(dilation + 1, 1) !== 1) {
    throw new Error(`operator ${code}: dilation is not converted here`);
  }
  const picture = tensor(conversion.graph, inputs[0]).shape;
  const result = tensor(conversion.graph, outputs[0]).shape;
  const weights = constant(conversion, operator, 1);
  const bias = constant(conversion, operator, 2);
  const kernel = weights.shape.slice(1, 3);
  const strides = [options.int32(2, 0), options.int32(1, 0)];
  // As many zeros as the size of the result asks for, the odd one behind; none for `VALID`, whose result is smaller.
  const pads = kernel.map((size, axis) =>
    Math.max(0, (side(result, axis + 1) - 1) * side(strides, axis) + size - side(picture, axis + 1)),
  );
  push(
    conversion,
    'Conv',
    operator,
    [computed(conversion, operator, 0), store(conversion, transpose(weights, turn)), store(conversion, bias)],
    {
      group: { int: code === 'CONV_2D' ? 1 : side(picture, 3) },
      kernel_shape: { ints: kernel },
      pads: { ints: [...pads.map((pad) => pad >> 1), ...pads.map((pad) => (pad + 1) >> 1)] },
      strides: { ints: strides },
    },
  );
}

/**
 * Parametric ReLU as slope · x + (1 − slope) · relu(x). The runtime computes every part of that in its blocked layout;
 * the operator PRelu leaves that layout before and after each layer, and the whole model takes twice as long.
 */
function addPrelu(conversion: Conversion, steps: readonly TfliteOperator[]): void {
  const [relu, abs, sub, mul, last] = steps as [
    TfliteOperator,
    TfliteOperator,
    TfliteOperator,
    TfliteOperator,
    TfliteOperator,
  ];
  const [x] = relu.inputs;
  const found = [abs, sub, mul, last].map(({ inputs }) => inputs);
  const expected = [[x], [x, ...abs.outputs], [mul.inputs[0], ...sub.outputs], [...relu.outputs, ...mul.outputs]];
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    throw new Error('operators RELU, ABS, SUB, MUL, ADD: expected them tied as a PReLU');
  }
  for (const step of [sub, mul, last]) refuseActivation(step, 0);
  const half = constant(conversion, mul, 0);
  const shape = [...half.shape, 1, 1];
  const slope = store(conversion, { shape, data: half.data.map((each) => 2 * each) });
  const rest = store(conversion, { shape, data: half.data.map((each) => 1 - 2 * each) });
  const input = computed(conversion, relu, 0);
  const positive = push(conversion, 'Relu', relu, [input]);
  const scaled = push(conversion, 'Mul', mul, [input, slope]);
  const added = push(conversion, 'Mul', sub, [positive, rest]);
  push(conversion, 'Add', last, [scaled, added]);
}

/** A picture of one pixel to a row of channels: the only reshaping for which the order of axes is no matter. */
function addFlatten(conversion: Conversion, operator: TfliteOperator): void {
  const from = tensor(conversion.graph, operator.inputs[0]).shape;
  const to = tensor(conversion.graph, operator.outputs[0]).shape;
  if (from.length !== 4 || side(from, 1) * side(from, 2) !== 1 || to.length !== 2) {
    throw new Error(`operator RESHAPE: expected a picture of one pixel made a row, found ${from} made ${to}`);
  }
  push(conversion, 'Flatten', operator, [computed(conversion, operator, 0)], { axis: { int: 1 } });
}

/** @returns name of the result, which is that of the operator it stands for */
function push(
  { graph, nodes }: Conversion,
  op: string,
  { outputs }: TfliteOperator,
  inputs: readonly string[],
  attributes: Readonly<Record<string, OnnxAttribute>> = {},
): string {
  const { name } = tensor(graph, outputs[0]);
  nodes.push({ op, inputs, outputs: [name], attributes });
  return name;
}

/** Every convolution and sum may carry an activation of its own. */
function refuseActivation({ code, options }: TfliteOperator, field: number): void {
  if (options.int8(field, 0) !== 0) throw new Error(`operator ${code}: a fused activation is not converted here`);
}

/** Name of an input that the graph computes. */
function computed({ graph }: Conversion, { code, inputs }: TfliteOperator, at: number): string {
  const { name, data } = tensor(graph, inputs[at]);
  if (data !== undefined) throw new Error(`operator ${code}: expected input ${at} computed, found a constant`);
  return name;
}

function constant({ graph }: Conversion, { code, inputs }: TfliteOperator, at: number): Weights {
  const { shape, data } = tensor(graph, inputs[at]);
  if (!(data instanceof Float32Array)) throw new Error(`operator ${code}: expected input ${at} constant, found none`);
  return { shape, data };
}

/** @returns the new constant's name */
function store({ constants }: Conversion, { shape, data }: Weights): string {
  const name = `constant-${constants.length}`;
  constants.push({ name, shape, data });
  return name;
}

/** @param order for each axis of the result, the axis that it was */
function transpose({ shape, data }: Weights, order: readonly number[]): Weights {
  const sides = order.map((axis) => side(shape, axis));
  const steps = order.map((axis) => shape.slice(axis + 1).reduce((product, each) => product * each, 1));
  const turned = data.map((_, to) => {
    let rest = to;
    let from = 0;
    for (let axis = sides.length - 1; axis >= 0; axis--) {
      from += (rest % side(sides, axis)) * side(steps, axis);
      rest = Math.floor(rest / side(sides, axis));
    }
    return data[from] as number;
  });
  return { shape: sides, data: turned };
}

function tensor({ tensors }: TfliteGraph, id: number | undefined): TfliteTensor {
  const found = tensors[id ?? -1];
  if (found === undefined) throw new Error(`expected tensor ${id}, found ${tensors.length} tensors`);
  return found;
}

function side(shape: readonly number[], axis: number): number {
  const found = shape[axis];
  if (found === undefined) throw new Error(`expected more than ${axis} axes, found ${shape.length}`);
  return found;
}
