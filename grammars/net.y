/* net.y: the grammar of .net files, for Lemon.
 *
 * The lexer (compiler/front/lex.c) has already decided what a newline means: one that only
 * continues a line never arrives, any other is NL, as is ';'. A label arrives as LTEXT and
 * LOPEN expr LCLOSE pieces and a COLON. Brackets always match. BAD stands for a stretch that did
 * not parse; the driver (compiler/front/parse.c) reports it and skips to the next NL or '}'.
 * Actions are one call each; helpers are in compiler/front/ast.c.
 */
%name netParse
%token_prefix TK_
%token_type {const Token *}
%extra_context {Parser *ps}
%token_destructor { (void)ps; (void)$$; }
%stack_size 1200
%stack_overflow { parse_too_deep(ps, NO_SPAN); }
%start_symbol file

%include {
#include "front.h"

#define NDEBUG /* the driver asks before it feeds: the automaton's own checks are not needed */
}

%fallback NAME NET REPEAT IN INCLUDE.

%left OR.
%left AND.
%right NOT.
%nonassoc EQ NE LT LE GT GE.
%left PLUS MINUS.
%left STAR SLASH DSLASH PERCENT.
%right UMINUS.

/* ---- files ------------------------------------------------------------------------------ */

file ::= START.
file ::= START items.
items ::= item.
items ::= items NL item.

item ::= NET(A) REAL(B).                      { it_version(ps, A, B); }
item ::= NET(A) INT(B).                       { it_version(ps, A, B); }
item ::= INCLUDE(A) STRING(B).                { it_include(ps, A, B); }
item ::= CONST NAME(B) ASSIGN expr(C).        { it_const(ps, B, C); }
item ::= BLOCK NAME(B) LP params(C) RP body(D). { it_block(ps, B, &C, &D); }
item ::= MODEL NAME(B) LP inputs(C) RP ARROW outputs(D) body(E).
                                              { it_model(ps, B, &C, &D, &E); }
item ::= BAD.

/* ---- signatures ------------------------------------------------------------------------- */

%type params {Args}
%type param_list {Args}
%type param {Arg}
params(A) ::= .                               { A = (Args){0}; }
params(A) ::= param_list(B) comma.            { A = B; }
param_list(A) ::= param(B).                   { A = args_add(ps, (Args){0}, B); }
param_list(A) ::= param_list(B) COMMA param(C). { A = args_add(ps, B, C); }
param(A) ::= NAME(B).                         { A = arg_make(B, NULL); }
param(A) ::= NAME(B) ASSIGN expr(C).          { A = arg_make(B, C); }

%type inputs {Inputs}
%type input {Input}
inputs(A) ::= input(B).                       { A = inputs_add(ps, (Inputs){0}, &B); }
inputs(A) ::= inputs(B) COMMA input(C).       { A = inputs_add(ps, B, &C); }
input(A) ::= LTEXT(B) COLON NAME(C) LB args(D) RB(E). { A = input_make(B, C, &D, E, NULL); }
input(A) ::= LTEXT(B) COLON NAME(C) LB args(D) RB(E) NAME(F). { A = input_make(B, C, &D, E, F); }

%type outputs {Outputs}
%type output_list {Outputs}
%type when {Expr *}
%type names {Names}
outputs(A) ::= NAME(B).                       { A = outputs_add(ps, (Outputs){0}, B, NULL); }
outputs(A) ::= LP output_list(B) comma RP.    { A = B; }
output_list(A) ::= NAME(B) when(C).           { A = outputs_add(ps, (Outputs){0}, B, C); }
output_list(A) ::= output_list(B) COMMA NAME(C) when(D). { A = outputs_add(ps, B, C, D); }
when(A) ::= .                                 { A = NULL; }
when(A) ::= IF expr(B).                       { A = B; }
names(A) ::= NAME(B).                         { A = names_add(ps, (Names){0}, B); }
names(A) ::= names(B) COMMA NAME(C).          { A = names_add(ps, B, C); }
comma ::= .
comma ::= COMMA.

/* ---- statements ------------------------------------------------------------------------- */

%type body {Stmts}
%type stmts {Stmts}
%type stmt {Stmt *}
body(A) ::= LBRACE RBRACE.                    { A = (Stmts){0}; }
body(A) ::= LBRACE stmts(B) RBRACE.           { A = B; }
stmts(A) ::= stmt(B).                         { A = stmts_add(ps, (Stmts){0}, B); }
stmts(A) ::= stmts(B) NL stmt(C).             { A = stmts_add(ps, B, C); }
stmt(A) ::= names(B) ASSIGN expr(C).          { A = st_assign(ps, &B, C); }
stmt(A) ::= RETURN(B) exprs(C).               { A = st_return(ps, B, &C); }
stmt(A) ::= REPEAT(B) expr(C) body(D).        { A = st_repeat(ps, B, NULL, NULL, C, &D); }
stmt(A) ::= REPEAT(B) NAME(C) IN expr(D) DOTDOT expr(E) body(F).
                                              { A = st_repeat(ps, B, C, D, E, &F); }
stmt(A) ::= arms(B).                          { A = st_if(ps, &B); }
stmt(A) ::= arms(B) ELSE body(C).             { B = arms_add(ps, B, NULL, &C); A = st_if(ps, &B); }
stmt(A) ::= BAD(B).                           { A = st_bad(ps, B); }
stmt(A) ::= note(B) stmt(C).                  { A = st_note(ps, &B, C); }
stmt(A) ::= note(B) NL stmt(C).               { A = st_note(ps, &B, C); }

%type note {Note}
%type words {Names}
note(A) ::= AT(B) NAME(C) LP RP(E).           { A = note_make(B, C, NULL, E); }
note(A) ::= AT(B) NAME(C) LP words(D) comma RP(E). { A = note_make(B, C, &D, E); }
words(A) ::= NAME|STRING(B).                  { A = names_add(ps, (Names){0}, B); }
words(A) ::= words(B) COMMA NAME|STRING(C).   { A = names_add(ps, B, C); }

%type arms {Arms}
arms(A) ::= IF expr(B) body(C).               { A = arms_add(ps, (Arms){0}, B, &C); }
arms(A) ::= arms(B) ELSE IF expr(C) body(D).  { A = arms_add(ps, B, C, &D); }

/* ---- expressions ------------------------------------------------------------------------ */

%type expr {Expr *}
%type stage {Expr *}
expr(A) ::= arith(B).                         { A = B; }
expr(A) ::= expr(B) PIPE stage(C).            { A = ex_pipe(ps, B, C); }

stage(A) ::= label(B) stage(C).               { A = ex_label(ps, &B, C); }
stage(A) ::= note(B) stage(C).                { A = ex_note(ps, &B, C); }
stage(A) ::= NAME(B).                         { A = ex_call(ps, B, NULL, B); }
stage(A) ::= NAME(B) LP args(C) RP(D).        { A = ex_call(ps, B, &C, D); }
stage(A) ::= SEQUENTIAL(B) LBRACE seq(C) RBRACE(D). { A = ex_sequential(ps, B, &C, D); }

%type arith {Expr *}
arith(A) ::= arith(B) OR(O) arith(C).         { A = ex_binary(ps, O, B, C); }
arith(A) ::= arith(B) AND(O) arith(C).        { A = ex_binary(ps, O, B, C); }
arith(A) ::= arith(B) EQ|NE|LT|LE|GT|GE(O) arith(C). { A = ex_binary(ps, O, B, C); }
arith(A) ::= arith(B) PLUS|MINUS(O) arith(C). { A = ex_binary(ps, O, B, C); }
arith(A) ::= arith(B) STAR|SLASH|DSLASH|PERCENT(O) arith(C). { A = ex_binary(ps, O, B, C); }
arith(A) ::= NOT(O) arith(B).                 { A = ex_unary(ps, O, B); }
arith(A) ::= MINUS(O) arith(B). [UMINUS]      { A = ex_unary(ps, O, B); }
arith(A) ::= postfix(B).                      { A = B; }

%type postfix {Expr *}
%type primary {Expr *}
postfix(A) ::= primary(B).                    { A = B; }
postfix(A) ::= postfix(B) LB expr(C) RB(D).   { A = ex_index(ps, B, C, D); }
postfix(A) ::= postfix(B) DOT NAME(C).        { A = ex_field(ps, B, C); }

primary(A) ::= INT(B).                        { A = ex_leaf(ps, EX_INT, B); }
primary(A) ::= REAL(B).                       { A = ex_leaf(ps, EX_REAL, B); }
primary(A) ::= TRUE|FALSE(B).                 { A = ex_leaf(ps, EX_BOOL, B); }
primary(A) ::= NAME(B).                       { A = ex_name(ps, B); }
primary(A) ::= NAME(B) LP args(C) RP(D).      { A = ex_call(ps, B, &C, D); }
primary(A) ::= LP(B) expr(C) RP(D).           { A = ex_paren(C, B, D); }
primary(A) ::= LB(B) RB(D).                   { A = ex_list(ps, EX_LIST, B, NULL, D); }
primary(A) ::= LB(B) exprs(C) comma RB(D).    { A = ex_list(ps, EX_LIST, B, &C, D); }
primary(A) ::= CONCAT(B) LBRACE branches(C) RBRACE(D). { A = ex_list(ps, EX_CONCAT, B, &C, D); }
primary(A) ::= choices(B) ELSE choice(C).     { A = ex_if(ps, &B, C); }
primary(A) ::= label(B) primary(C).           { A = ex_label(ps, &B, C); }
primary(A) ::= note(B) primary(C).            { A = ex_note(ps, &B, C); }

%type exprs {Exprs}
exprs(A) ::= expr(B).                         { A = exprs_add(ps, (Exprs){0}, B); }
exprs(A) ::= exprs(B) COMMA expr(C).          { A = exprs_add(ps, B, C); }

%type branches {Exprs}
%type branch {Expr *}
branches(A) ::= branch(B).                    { A = exprs_add(ps, (Exprs){0}, B); }
branches(A) ::= branches(B) NL branch(C).     { A = exprs_add(ps, B, C); }
branch(A) ::= expr(B).                        { A = B; }
branch(A) ::= BAD(B).                         { A = ex_leaf(ps, EX_BAD, B); }

/* if as an expression: tests and values in turn */
%type choices {Exprs}
%type choice {Expr *}
choices(A) ::= IF expr(B) choice(C).   { A = exprs_add(ps, exprs_add(ps, (Exprs){0}, B), C); }
choices(A) ::= choices(B) ELSE IF expr(C) choice(D).
                                       { A = exprs_add(ps, exprs_add(ps, B, C), D); }
choice(A) ::= LBRACE expr(B) RBRACE.          { A = B; }
choice(A) ::= LBRACE BAD(B) RBRACE.           { A = ex_leaf(ps, EX_BAD, B); }

%type label {Exprs}
%type label_parts {Exprs}
label(A) ::= label_parts(B) COLON.            { A = B; }
label_parts(A) ::= LTEXT(B).                  { A = exprs_add(ps, (Exprs){0}, ex_leaf(ps, EX_TEXT, B)); }
label_parts(A) ::= LOPEN expr(B) LCLOSE.      { A = exprs_add(ps, (Exprs){0}, B); }
label_parts(A) ::= label_parts(B) LTEXT(C).   { A = exprs_add(ps, B, ex_leaf(ps, EX_TEXT, C)); }
label_parts(A) ::= label_parts(B) LOPEN expr(C) LCLOSE. { A = exprs_add(ps, B, C); }

%type args {Args}
%type arg_list {Args}
%type arg {Arg}
args(A) ::= .                                 { A = (Args){0}; }
args(A) ::= arg_list(B) comma.                { A = B; }
arg_list(A) ::= arg(B).                       { A = args_add(ps, (Args){0}, B); }
arg_list(A) ::= arg_list(B) COMMA arg(C).     { A = args_add(ps, B, C); }
arg(A) ::= expr(B).                           { A = arg_make(NULL, B); }
arg(A) ::= NAME(B) ASSIGN expr(C).            { A = arg_make(B, C); }

/* ---- sequential: lines of stages, repeated or chosen ------------------------------------- */

%type seq {Stmts}
%type seq_line {Stmt *}
%type seq_body {Stmts}
%type seq_arms {Arms}
%type stages {Expr *}
seq(A) ::= seq_line(B).                       { A = stmts_add(ps, (Stmts){0}, B); }
seq(A) ::= seq(B) NL seq_line(C).             { A = stmts_add(ps, B, C); }
seq_line(A) ::= stages(B).                    { A = st_stages(ps, B); }
seq_line(A) ::= REPEAT(B) expr(C) seq_body(D). { A = st_repeat(ps, B, NULL, NULL, C, &D); }
seq_line(A) ::= REPEAT(B) NAME(C) IN expr(D) DOTDOT expr(E) seq_body(F).
                                              { A = st_repeat(ps, B, C, D, E, &F); }
seq_line(A) ::= seq_arms(B).                  { A = st_if(ps, &B); }
seq_line(A) ::= seq_arms(B) ELSE seq_body(C). { B = arms_add(ps, B, NULL, &C); A = st_if(ps, &B); }
seq_line(A) ::= note(B) NL seq_line(C).       { A = st_note(ps, &B, C); }
seq_line(A) ::= BAD(B).                       { A = st_bad(ps, B); }
seq_body(A) ::= LBRACE seq(B) RBRACE.         { A = B; }
seq_arms(A) ::= IF expr(B) seq_body(C).       { A = arms_add(ps, (Arms){0}, B, &C); }
seq_arms(A) ::= seq_arms(B) ELSE IF expr(C) seq_body(D). { A = arms_add(ps, B, C, &D); }
stages(A) ::= stage(B).                       { A = ex_pipe(ps, NULL, B); }
stages(A) ::= stages(B) PIPE stage(C).        { A = ex_pipe(ps, B, C); }

/* ---- what the driver asks the automaton -------------------------------------------------- */

%code {
void *net_parser_new(Parser *ps) {
  yyParser *p = NEW(ps->ctx->arena, yyParser);
  netParseInit(p, ps);
  return p;
}

void net_parser_feed(void *parser, const Token *t) { netParse(parser, t->kind, t); }

/* Runs the automaton on its states alone: would this token be shifted (or end the text)? */
bool net_parser_accepts(void *parser, int kind) {
  const yyParser *p = parser;
  YYACTIONTYPE state[YYSTACKDEPTH + 2];
  int top = (int)(p->yytos - p->yystack);
  for (int i = 0; i <= top; i++) state[i] = p->yystack[i].stateno;
  for (;;) {
    YYACTIONTYPE act = yy_find_shift_action((YYCODETYPE)kind, state[top]);
    if (act < YY_MIN_REDUCE) return act != YY_ERROR_ACTION && act != YY_NO_ACTION;
    top += yyRuleInfoNRhs[act - YY_MIN_REDUCE]; /* negative: pops the right-hand side */
    state[top + 1] = yy_find_reduce_action(state[top], yyRuleInfoLhs[act - YY_MIN_REDUCE]);
    if (++top >= YYSTACKDEPTH) return true; /* the overflow is reported when it is fed */
  }
}

int net_parser_tokens(void) { return YYNTOKEN; }

/* A rule whose end has been read is reduced, not popped: its brackets are closed. */
bool net_parser_pop(void *parser) {
  yyParser *p = parser;
  if (p->yytos->stateno >= YY_MIN_REDUCE) {
    yy_reduce(p, p->yytos->stateno - YY_MIN_REDUCE, 0, NULL, p->ps);
    return true;
  }
  if (p->yytos <= p->yystack + 1) return false;
  yy_pop_parser_stack(p);
  return true;
}
}
