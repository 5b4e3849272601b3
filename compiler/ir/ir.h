/* ir.h: the graph that every stage reads and rewrites.
 *
 * Sections: shapes and types, layouts (layout.c), attributes (attr.c), the operator table
 * (ops.def, optable.c), values, nodes, scopes, the decision log (log.c), graphs (graph.c),
 * text in and out (print.c, read.c, dot.c), the verifier (verify.c).
 * Values and nodes refer to each other by index, so dumps are stable and read back the same.
 */
#ifndef NETCC_IR_H
#define NETCC_IR_H

#include "../base/base.h"

/* ---- shapes and types ------------------------------------------------------------------ */

enum { MAX_RANK = 5, MAX_SPATIAL = 3, MAX_PARAMS = 6 };

typedef enum DType { DT_F32, DT_U8, DT_I32, DT_COUNT } DType;
const char *dtype_name(DType t); /* "f32" */
int dtype_size(DType t);         /* bytes */
bool dtype_find(const char *name, DType *t);

/* Logical dimensions, outermost first: [N, C, H, W], [N, C], [N, C, D, H, W], … */
typedef struct Shape {
  int rank;
  int64_t dim[MAX_RANK];
} Shape;

#define SHAPE(...)                                                                               \
  ((Shape){(int)(sizeof((int64_t[]){__VA_ARGS__}) / sizeof(int64_t)), {__VA_ARGS__}})
int64_t shape_count(const Shape *s); /* elements; dimensions are checked to fit in int64 */
bool shape_eq(const Shape *a, const Shape *b);
const char *shape_text(Ctx *c, const Shape *s); /* "1x64x56x56" */

/* ---- layouts ---------------------------------------------------------------------------- */

/* Where element (i0, i1, …) of a logical shape lies:
 *   offset + Σ over axes ((i[dim] / div) % extent) · stride      (in elements).
 * nChw8c of [N,C,H,W] has the axes n, c div 8, h, w, and c div 1 extent 8 stride 1. A slice of
 * a concat keeps its parent's strides and adds an offset: the same kind of thing. */
typedef struct LayoutAxis {
  int dim;
  int64_t div, extent, stride;
} LayoutAxis;

enum { MAX_AXES = MAX_RANK + 3 };

typedef struct Layout {
  int naxes; /* 0: not decided yet */
  LayoutAxis axis[MAX_AXES];
  int64_t offset; /* elements */
  int64_t size;   /* elements of the whole buffer, padding included */
} Layout;

Layout layout_plain(const Shape *s);
/* Dimension `dim` in blocks of `block`, the inner block innermost: nChw8c for dim 1, block 8. */
Layout layout_blocked(const Shape *s, int dim, int64_t block);
/* Axes as given (dim, div, extent), outermost first, strides computed contiguous. */
Layout layout_axes(const LayoutAxis *axes, int n);
/* Stride of the first axis over `dim`; 0 where there is none, at extent 1. */
int64_t layout_stride(const Layout *l, int dim);
int64_t layout_address(const Layout *l, const Shape *s, const int64_t *index);
bool layout_eq(const Layout *a, const Layout *b);
bool layout_is_plain(const Layout *l, const Shape *s);
/* The inner block of dimension 1 if the layout is nC…c-blocked (a slice counts), else 0. */
int64_t layout_channel_block(const Layout *l, const Shape *s);
/* "nchw", "nChw8c", "nChw8c+64" for a slice; otherwise the axes spelled out. */
const char *layout_text(Ctx *c, const Layout *l, const Shape *s);
bool layout_parse(const char *text, const Shape *s, Layout *out);

/* ---- attributes ------------------------------------------------------------------------- */

typedef struct Dims { /* one number per spatial dimension, or a short list */
  int n;
  int64_t v[2 * MAX_SPATIAL];
} Dims;

typedef struct Pads { /* before and after each spatial dimension: top, left, bottom, right */
  enum PadMode { PAD_EXPLICIT, PAD_SAME, PAD_VALID } mode;
  int n; /* as written: 1, rank, or 2·rank; the shape rule expands to 2·rank */
  int64_t v[2 * MAX_SPATIAL];
} Pads;

typedef struct Reals {
  int n;
  const double *v;
} Reals;

typedef enum AttrType {
  AT_INT,   /* int64_t */
  AT_REAL,  /* double */
  AT_BOOL,  /* bool */
  AT_DIMS,  /* Dims: 3 or [3, 5] */
  AT_PADS,  /* Pads: 1, [1, 2], [top, left, bottom, right], same, valid */
  AT_REALS, /* Reals: 0.5 or [0.1, 0.2] */
  AT_NAME,  /* const char *, interned: a bare word out of a list */
} AttrType;

/* One attribute of an operator. The order of fields is the order of positional arguments. */
typedef struct AttrField {
  const char *name;
  AttrType type;
  size_t offset;      /* in the operator's attribute struct */
  const char *preset; /* default, written as in the language; NULL: required */
  const char *words;  /* AT_NAME: the allowed words, separated by spaces */
  const char *doc;
} AttrField;

typedef struct NoAttr {
  char unused;
} NoAttr;
typedef struct ConvAttr {
  int64_t out; /* output channels */
  Dims kernel, stride, dilation;
  Pads pad;
  int64_t groups;
  bool bias, flip;      /* flip: true convolution, kernel turned by 180 degrees */
  const char *pad_mode; /* zero, reflect, edge */
} ConvAttr;
typedef struct ConvTransposeAttr {
  int64_t out; /* output channels */
  Dims kernel, stride, dilation, output_pad;
  Pads pad; /* what is cut off the full result */
  int64_t groups;
  bool bias;
} ConvTransposeAttr;
typedef struct LocalAttr {
  int64_t out; /* output channels */
  Dims kernel, stride, dilation;
  Pads pad;
  bool bias;
} LocalAttr;
typedef struct DenseAttr {
  int64_t out; /* output features */
  bool bias;
} DenseAttr;
typedef struct PoolAttr {
  Dims kernel, stride; /* stride: the kernel's when not given */
  Pads pad;
  bool ceil;      /* round the output size up (no window may start in the padding) */
  bool count_pad; /* average: divide by the whole window, padding included */
} PoolAttr;
typedef struct AdaptiveAttr {
  Dims out;
} AdaptiveAttr;
typedef struct BatchNormAttr {
  double eps;
} BatchNormAttr;
typedef struct LeakyAttr {
  double slope;
} LeakyAttr;
typedef struct ClipAttr {
  double min, max;
} ClipAttr;
typedef struct EluAttr {
  double alpha;
} EluAttr;
typedef struct GeluAttr {
  const char *approximate;
} GeluAttr; /* none, tanh */
typedef struct SoftplusAttr {
  double beta, threshold;
} SoftplusAttr;
typedef struct PreluAttr {
  int64_t parameters;
} PreluAttr; /* 1, or one per channel */
typedef struct LayerNormAttr {
  int64_t dims; /* the last ones, normalised together */
  double eps;
  bool affine;
} LayerNormAttr;
typedef struct GroupNormAttr {
  int64_t groups; /* instancenorm: not read, one per channel */
  double eps;
  bool affine;
} GroupNormAttr;
typedef struct LrnAttr {
  int64_t size;
  double alpha, beta, k;
} LrnAttr;
typedef struct ReduceAttr {
  Dims axes; /* none: all */
  bool keepdims;
} ReduceAttr;
typedef struct ArgAttr {
  int64_t axis;
  bool keepdims;
} ArgAttr;
typedef struct AxesAttr {
  Dims axes;
} AxesAttr;
typedef struct ScaleAttr {
  double factor, shift;
} ScaleAttr;
typedef struct AxisAttr {
  int64_t axis;
} AxisAttr;
typedef struct SliceAttr {
  int64_t axis, start, stop, step;
} SliceAttr; /* stop: exclusive */
typedef struct ReshapeAttr {
  Dims shape;
} ReshapeAttr; /* 0 keeps, one -1 is inferred */
typedef struct ConstantAttr {
  Dims shape;
} ConstantAttr;
typedef struct DropoutAttr {
  double p;
} DropoutAttr;
typedef struct NormaliseAttr {
  Reals mean, std;
} NormaliseAttr;
typedef struct PadAttr {
  Pads pad;      /* spatial */
  Dims channels; /* [before, after] */
  double value;
  const char *mode; /* zero (takes value), reflect, edge */
} PadAttr;
typedef struct FactorAttr {
  int64_t factor;
} FactorAttr; /* shuffles and the like */
typedef struct ResizeAttr {
  Reals scale; /* output size is floor(size * scale) where no size is given */
  Dims size;
  const char *mode; /* nearest, bilinear */
  bool align_corners;
} ResizeAttr;
typedef struct ColumnsAttr { /* im2col, col2im */
  Dims size;                 /* col2im: of the image */
  Dims kernel, stride, dilation;
  Pads pad;
} ColumnsAttr;
typedef struct PhasesAttr {         /* the parts of a transposed convolution, see ops/phases.c */
  Dims stride, dilation, cut, size; /* cut: elements dropped in front; size: of the result */
  int64_t groups;
} PhasesAttr;
typedef struct DepthAttr { /* depth of a 3-D convolution as channels, see ops/remap.c */
  int64_t kernel, stride, dilation, before, out, groups;
} DepthAttr;
typedef struct BnFoldAttr {
  double eps;
  int64_t transposed; /* groups of a transposed convolution; 0: output channels come first */
} BnFoldAttr;
typedef struct CollapseAttr { /* whose bias comes behind the two weights */
  bool first_bias, second_bias;
} CollapseAttr;
typedef struct GroupAttr {
  const char *kernel; /* the chosen kernel's name, interned; NULL before planning */
  int64_t anchor;     /* node of the body that decides the kernel */
} GroupAttr;

/* ---- the operator table ------------------------------------------------------------------ */

typedef struct Graph Graph;
typedef struct NameIndex NameIndex;
typedef struct Node Node;

typedef struct Tensor {
  Shape shape;
  float *data; /* plain row-major */
} Tensor;

/* A parameter that an operator brings along: weight, bias, running_mean, … */
typedef struct ParamSpec {
  const char *name;
  Shape shape;
  int64_t fan_in; /* for He-scaled random weights; 0: see `fill` */
  enum ParamFill { FILL_HE, FILL_SMALL, FILL_AROUND_ONE, FILL_POSITIVE } fill;
} ParamSpec;

typedef struct Cost {
  int64_t params; /* elements of parameters */
  int64_t macs;   /* multiply-adds, formula of the field: weights × output pixels */
  int64_t other;  /* other scalar operations: comparisons, additions, exp, … */
  int64_t bytes;  /* inputs, parameters and outputs once each */
} Cost;

enum OpFlags {
  OPF_UNARY = 1,    /* element-wise, one input, keeps the shape */
  OPF_ZERO = 2,     /* f(0) = 0: keeps zero lanes zero */
  OPF_VIEW = 4,     /* moves no data in plain layout: flatten, reshape, dropout */
  OPF_INTERNAL = 8, /* made by passes; not written in .net files */
  OPF_WEIGHT = 16,  /* may only stand in the weight-time subgraph */
  OPF_BINARY = 32,  /* element-wise on two or more inputs, whose shapes broadcast */
  OPF_REMAP = 64,   /* may be a rearrangement of its input (ops/remap.c) */
};

/* The columns. Each returns false after reporting at the node's span. */
typedef bool ShapeFn(Ctx *c, Graph *g, Node *n);
/* Fills specs (up to MAX_PARAMS) from the data inputs' shapes and attributes; returns how
 * many, or -1 after an error. */
typedef int ParamsFn(Ctx *c, const Graph *g, const Node *n, ParamSpec *specs);
typedef void CostFn(const Graph *g, const Node *n, Cost *cost);
/* Plain kernel, double accumulation. `in` and `out` are the node's inputs and outputs in
 * order; outputs arrive shaped and allocated. */
typedef bool RefFn(Ctx *c, const Node *n, const Tensor *in, Tensor *out);
/* Rewrites the node into simpler operators; *changed says whether it did. */
typedef bool LowerFn(Ctx *c, Graph *g, Node *n, bool *changed);
typedef bool GradFn(Ctx *c, Graph *g, Node *n);

typedef enum OpKind {
#define OP(id, ...) OP_##id,
#include "ops.def"
#undef OP
  OP_COUNT
} OpKind;

typedef struct OpInfo {
  const char *name, *onnx, *doc;
  int min_in, max_in; /* data inputs (parameters come on top); max -1: any number */
  size_t attr_size;
  const AttrField *attrs; /* ends with a NULL name */
  int flags;
  ShapeFn *shape;
  ParamsFn *params;
  CostFn *cost;
  RefFn *ref;
  LowerFn *lower;
  GradFn *grad;
} OpInfo;

extern const OpInfo op_table[OP_COUNT];
bool op_find(const char *name, OpKind *op);

/* Pooling comes in four kinds, what a window becomes, of three forms, what a window is. */
typedef enum PoolKind { POOL_MAX, POOL_MIN, POOL_MEAN, POOL_L2, POOL_KINDS } PoolKind;
typedef enum PoolForm { POOL_NOT, POOL_WINDOWS, POOL_GLOBAL, POOL_ADAPTIVE } PoolForm;
/* POOL_NOT for other operators; `kind` may be NULL. */
PoolForm pool_form(OpKind op, PoolKind *kind);
OpKind pool_operator(PoolKind kind, PoolForm form);

/* Every function and attribute table that a row of ops.def names; ops/ defines them. */
#define OP(id, name, onnx, min_in, max_in, Attr, attrs, flags, shape, params, cost, ref, lower,  \
           grad, doc)                                                                            \
  extern const AttrField attrs[];                                                                \
  ShapeFn shape;                                                                                 \
  ParamsFn params;                                                                               \
  CostFn cost;                                                                                   \
  RefFn ref;                                                                                     \
  LowerFn lower;                                                                                 \
  GradFn grad;
#include "ops.def"
#undef OP

/* ---- values ------------------------------------------------------------------------------ */

typedef int32_t ValueId; /* index into Graph.values; -1: none */
typedef int32_t NodeId;  /* index into Graph.nodes' stable numbering, see Node.id; -1: none */

typedef enum ValueKind { V_INPUT, V_PARAM, V_CONST, V_RESULT } ValueKind;

typedef enum PlaceKind {
  PLACE_NONE,    /* not planned */
  PLACE_ARENA,   /* bytes from the arena's start */
  PLACE_INPUT,   /* the caller's input buffer `index` */
  PLACE_OUTPUT,  /* the caller's output buffer `index` */
  PLACE_WEIGHTS, /* section `index` of the weights file */
} PlaceKind;

typedef struct Place {
  PlaceKind kind;
  int32_t index;
  int64_t offset; /* bytes */
} Place;

typedef struct Value {
  ValueId id;
  ValueKind kind;
  const char *name; /* unique in the graph: "image", "conv1.weight", "layer1.0.relu" */
  DType type;       /* storage */
  DType acc;        /* accumulation */
  double scale;     /* quantisation; unused until int8 */
  int32_t zero;
  Shape shape;
  Layout layout;
  Place place;
  Node *def; /* producer; NULL for inputs, parameters and constants */
  int def_index;
  Span span;
  ParamSpec param;   /* V_PARAM: how to fill it at random */
  const float *data; /* V_CONST, and V_PARAM once weights are bound: plain row-major */
} Value;

/* ---- annotations ------------------------------------------------------------------------- */

/* What `@` in a .net file says about a node. Steers reports and the planner, never results. */
typedef struct Annotations {
  const char *silence; /* codes of warnings, interned, separated by spaces; NULL: none */
  const char *kernel;  /* the kernel that must run it, interned; NULL: the planner chooses */
} Annotations;
bool annotations_silence(const Annotations *a, DiagCode code);

/* ---- nodes ------------------------------------------------------------------------------- */

struct Node {
  NodeId id; /* position in Graph.nodes, which is also execution order */
  OpKind op;
  void *attr;    /* the operator's attribute struct */
  int nin, nout; /* inputs: data first, then parameters in ParamSpec order */
  ValueId *in, *out;
  const char *name; /* unique: the weight scope ("layer1.0.conv1") or scope + operator + number */
  int scope;        /* index into Graph.scopes */
  Span span;
  bool dead; /* removed; graph_compact drops it */
  Annotations notes;
  Graph *body; /* OP_GROUP: inputs and outputs correspond to in[] and out[] in order */
};

#define ATTR(n, T) ((T *)(n)->attr)

/* ---- scopes ------------------------------------------------------------------------------ */

/* Where a node came from: the chain of block calls and labels. scopes[0] is the model. */
typedef struct Scope {
  int parent;        /* -1 for the model */
  const char *path;  /* weight path so far, "" for the model */
  const char *block; /* name of the block called here; NULL for a bare label */
  const char *label; /* "layer1.0", or NULL: transparent */
  Span call;
} Scope;

/* ---- the decision log --------------------------------------------------------------------- */

/* What else a decision could have been. */
typedef struct Candidate {
  const char *name;
  double seconds;      /* predicted */
  const char *why_not; /* it cannot be; NULL: it can */
} Candidate;

/* What a pass or the planner decided and why: reports, --explain and tests read this. */
typedef struct Decision {
  const char *pass;         /* "fuse", "select", "memory", … */
  const char *node, *other; /* the node it is about; the other party, NULL if there is none */
  Span span, span2;         /* their sources */
  bool taken;
  const char *what;   /* "relu1 into conv1" */
  const char *reason; /* "only consumer, same shape" */
  double bytes;       /* traffic that taking it saves; 0: none or unknown; negative: costs */
  double seconds; /* predicted time that taking it saves; 0: the planner derives it from bytes */
  const Candidate *candidate; /* all there were, those of equal layers in the same place */
  int ncandidate;
} Decision;

typedef struct Log {
  VEC(Decision) at;
} Log;
void log_decision(Ctx *c, Graph *g, Decision d);

/* ---- graphs ------------------------------------------------------------------------------- */

typedef enum GraphMode { MODE_INFERENCE, MODE_TRAINING } GraphMode;

struct Graph {
  const char *name;
  GraphMode mode;
  VEC(Value *) values;
  VEC(Node *) nodes; /* topologically sorted */
  VEC(ValueId) inputs, outputs;
  VEC(const char *) output_names; /* as the model's signature names them */
  VEC(Scope) scopes;
  Annotations notes;    /* what graph_add_node and its like write on new nodes */
  const char *disabled; /* rewrites that must not run, separated by commas; NULL: none */
  Log *log;             /* shared with group bodies */
  NameIndex *names;     /* who has which name: names.c */
};

Graph *graph_new(Ctx *c, const char *name);
Value *graph_value(const Graph *g, ValueId id);
/* Inputs (the caller also lists them in Graph.inputs), parameters, constants. Names are made
 * unique by the caller; a duplicate is fatal to the verifier. */
Value *graph_add_value(Ctx *c, Graph *g, ValueKind kind, const char *name, DType type,
                       Shape shape, Span span);
/* Appends a node with given attributes (copied) and inputs, then runs its shape rule, which
 * creates `nout` output values (named after the node). NULL after an error was reported. */
Node *graph_add_node(Ctx *c, Graph *g, OpKind op, const void *attr, const ValueId *in, int nin,
                     const char *name, int scope, Span span);
/* The same, inserted before node `before` (keeps order topological). */
Node *graph_insert_node(Ctx *c, Graph *g, NodeId before, OpKind op, const void *attr,
                        const ValueId *in, int nin, const char *name, int scope, Span span);
/* A group around `body`, whose inputs and outputs correspond to in[] and out[] (-1: appended). */
Node *graph_insert_group(Ctx *c, Graph *g, NodeId before, const GroupAttr *attr, Graph *body,
                         const ValueId *in, int nin, const char *name, int scope, Span span);
/* Puts the graph's last node in the place of `n`, which is dead then: nothing else moves. */
void graph_take_place(Graph *g, Node *n);
/* Called by shape rules: sets output i of the node (creating its value the first time). */
void node_set_output(Ctx *c, Graph *g, Node *n, int i, DType type, Shape shape);
/* Attributes filled with the table's defaults (required ones zero), from the arena. */
void *attr_defaults(Ctx *c, OpKind op);
/* Text of one attribute as the language writes it; parses such text back. */
void attr_print(Ctx *c, StrBuf *out, const AttrField *f, const void *attr);
bool attr_parse(Ctx *c, const AttrField *f, void *attr, const char *text);
/* Is it what the table's default stands for, so that it need not be written? (print.c) */
bool attr_is_preset(const AttrField *f, const void *attr, const void *presets);
bool attr_equal(const AttrField *f, const void *a, const void *b);

/* How many times each value is read, graph outputs counted as one use each. Arena array
 * indexed by ValueId. */
int *graph_use_counts(Ctx *c, const Graph *g);
bool graph_is_output(const Graph *g, ValueId id);
/* Every reader of `from` (and the graph's outputs) reads `to` instead. */
void graph_replace_uses(Graph *g, ValueId from, ValueId to);
/* Removes dead nodes and values nobody refers to; renumbers both. */
void graph_compact(Ctx *c, Graph *g);
/* Must this rewrite not run? */
bool graph_disables(const Graph *g, const char *rewrite);
/* A name not yet used by any value or node of the graph: base, base_2, base_3, … */
const char *graph_unique_name(Ctx *c, const Graph *g, const char *base);
/* How a value or node of the graph gets its name, or another one; `name` is interned. */
void graph_name_value(Ctx *c, const Graph *g, Value *v, const char *name);
void graph_name_node(Ctx *c, const Graph *g, Node *n, const char *name);
NameIndex *graph_names_new(Ctx *c);
/* True for values computable from parameters and constants alone. Arena array by ValueId. */
bool *graph_weight_time(Ctx *c, const Graph *g);
/* Attaches "in block …, called here" lines for the node's chain of block calls. */
void diag_scope_trace(Ctx *c, Diag *d, const Graph *g, int scope);

/* ---- group bodies (body.c) ------------------------------------------------------------------ */

/* A body under construction, with the values outside that its inputs stand for. */
typedef struct Body {
  Graph *g;
  VEC(ValueId) in;
} Body;

Body body_new(Ctx *c, const Graph *outer, const char *name);
/* The body's value for an outer one: an input, made on first use. */
ValueId body_input(Ctx *c, Body *b, const Graph *outer, ValueId id);
/* Copies a node into the body reading `in`; its results keep their names. NULL after an error. */
Node *body_copy_node(Ctx *c, Body *b, const Graph *from, const Node *n, const ValueId *in);
/* Copies the body of a group of g behind what is there; the outer value `inner` is computed
 * inside as `inner_body`. Returns the body value of the group's result, -1 after an error. */
ValueId body_append(Ctx *c, Body *b, const Graph *g, const Node *group, ValueId inner,
                    ValueId inner_body);
/* Puts a group around the body before node `before`. It takes over the result of `last`, so
 * readers notice nothing. NULL after an error. */
Node *body_close(Ctx *c, Graph *g, Body *b, NodeId before, int64_t anchor, ValueId result,
                 const Node *named, Span span, Node *last);

/* ---- text, pictures, verification ---------------------------------------------------------- */

/* Graph text that graph_read reads back to the same graph (same text again). */
void graph_print(Ctx *c, const Graph *g, StrBuf *out);
/* Parses graph text from a registered source. NULL after reporting. */
Graph *graph_read(Ctx *c, int32_t file);
void graph_dot(Ctx *c, const Graph *g, StrBuf *out);
/* Checks every structural rule and re-runs shape rules on a copy; true if sound. */
bool graph_verify(Ctx *c, const Graph *g, const char *after);
/* Checks one node's operands against the operator table: number of data inputs, every parameter
 * attached with the shape its spec asks for, a group's body with inputs like the group's. */
bool node_check_operands(Ctx *c, const Graph *g, const Node *n);

#endif
