" Vim syntax file for netcc's networks. Put it into ~/.vim/syntax/ and into
" ~/.vim/ftdetect/net.vim the line
"   autocmd BufRead,BufNewFile *.net setfiletype net
" Written by `make golden` from the tables of the compiler.

if exists("b:current_syntax")
  finish
endif

syntax keyword netDeclaration net const block model include
syntax keyword netControl return repeat in if else concat sequential
syntax keyword netLogic and or not
syntax keyword netConstant true false
syntax keyword netType f32 u8 i32
syntax keyword netOperator conv conv_transpose dense local maxpool minpool avgpool l2pool global_maxpool global_minpool global_avgpool global_l2pool adaptive_maxpool adaptive_minpool adaptive_avgpool adaptive_l2pool max_unpool batchnorm normalise layernorm groupnorm instancenorm lrn relu relu6 leaky_relu sigmoid tanh clip scale elu selu swish gelu softplus mish hard_sigmoid hard_swish abs neg exp log sqrt square sign step prelu softmax log_softmax add sub mul div min max pow reduce_mean reduce_sum reduce_max reduce_min reduce_l2 argmax matmul concat slice pad upsample resize pixel_shuffle pixel_unshuffle channel_shuffle im2col col2im flatten reshape transpose squeeze unsqueeze identity dropout constant
syntax keyword netFunction len min max abs int real split
syntax match netSymbol /|>\|->\|\/\/\|==\|!=\|<=\|>=\|\.\.\|<\|>\|+\|-\|\*\|\/\|%\|=/
syntax match netNumber /\<\d\+\(\.\d\+\)\?\([eE][+-]\?\d\+\)\?\>/
syntax match netLabel /\(\w\|\.\|{[^{}]*}\)\+\ze\s*:/
syntax match netAnnotation /@\h\w*/
syntax region netString start=/"/ end=/"/ oneline
syntax match netComment /#.*$/ contains=@Spell

highlight default link netDeclaration Structure
highlight default link netControl Repeat
highlight default link netLogic Operator
highlight default link netConstant Boolean
highlight default link netType Type
highlight default link netOperator Function
highlight default link netFunction Special
highlight default link netSymbol Operator
highlight default link netNumber Number
highlight default link netLabel Label
highlight default link netAnnotation PreProc
highlight default link netString String
highlight default link netComment Comment

let b:current_syntax = "net"
