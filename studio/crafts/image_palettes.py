"""Palettes written for this project (CC0), one a line: what a mood's colours are drawn from."""

from __future__ import annotations

PALETTES: tuple[tuple[str, ...], ...] = tuple(
    tuple(line.split())
    for line in """
#f7c948 #ef476f #06d6a0 #fff4e0
#e63946 #ffd166 #4c9f50 #fff8e7
#2b3a4a #5d7a94 #a9b8c4 #c98f5a
#8d0801 #e5383b #1a1a1d #f5cac3
#a3b18a #dad7cd #f4f1e6
#e9e2d0 #c9bda3 #6d6a60
#111318 #f2c230 #d7263d #3a7ca5 #e8e8e8
#ff7f11 #2d7dd2 #fdfcf7 #22223b
#f7c6c7 #9d2449 #fbeae3
#f2b705 #0b2545 #13315c #fdf0d5
#d97706 #1f2a44 #f5efe0 #7c2d12
#0d0b1e #2e1f4d #5b4b8a #c4bbdc
#050a14 #0f2e3d #1d6a72 #9ff0d0
#c98d6a #8a9a8b #d9c7a0 #a65e5e #efe6d5
#e63946 #f4a261 #2a9d8f #264653 #e9c46a
#ff8fab #ffe066 #80ed99 #70d6ff #fffaf0
#5c6b7a #8d99a6 #3c4753
#7f1d1d #b7410e #0f0d0c #3d2b26
#d00000 #370617 #ffba08 #1b1b1e
#0b132b #00f5d4 #ff4d00 #1c2541
#0a0a0a #3a3a3a #ffffff
#a0e7e5 #ffd6a5 #ffafcc #fdffb6 #ffffff
#ffb703 #e85d04 #fff3d6 #9d0208
#ff9a8b #ffc3a0 #6a7fb0 #fde8d7
#ff6b00 #ffd000 #1d3557 #fff1d0
#03045e #023e8a #e0aa3e #caf0f8
#0b1f1a #1b4332 #2d6a4f #95b8a6
#14112b #4a3f7a #c9b458 #8c8cb8
#8c9ea8 #c4a98a #e8e0d2 #6c5b4e
#7b5b3a #a98658 #d8c29d #4a3826
#ff595e #ffca3a #8ac926 #1982c4 #e0f4ff
#4a5d73 #8fa6b8 #c8d5de #26323f
#0a0a0a #ff0033 #e9e9e9
#cfdcd2 #9fb8a5 #eef3ec #6f8c7a
#02110b #0f3d2a #2bd980 #b9ffd9
#fff5e9 #f7a6b5 #9ad1c3 #f5c26b #6b4a3a
#06aed5 #f0c808 #dd1c1a #fff1d0 #086788
#5e3a5b #d8a7b1 #f3dfd0 #8a9a78
#ffccd5 #c9184a #fff0f3 #a4133c
#003049 #d62828 #fcbf49 #2a9d8f #f8f4e3
#12103a #1e1b5a #7b5cd6
#04080f #0f4c5c #4fb3bf #d7f5ee
#e8d8b4 #d99a7c #9fb8b5 #f6efe0
#a4683f #d6a86a #5f7470 #f1e4c8
#e63946 #ffb703 #2a9d8f #ff8fab #fff3b0
#ffb703 #fb8500 #fff4cc #6a994e
#1b2a41 #dfe6ee #52637a
#a7b0b5 #cfd4d4 #75818a
#b00000 #0d0d0d #f7f3eb
#370617 #9d0208 #e85d04 #ffba08
#f5f1e6 #b7b39f #8c8f80
#ede4d3 #d6c6aa #faf7f0 #b3a284
#4b4453 #6d6875 #3a5a5a #b0a8b9
#c1121f #1d1d1f #e5e0dc
#ff70a6 #70d6ff #e9ff70 #ff9770 #1b1b4b
#ef233c #ffd60a #3a86ff #06d6a0 #f8f9fa
#7a5c8e #d4a5b9 #f7eef1 #3f3a5f
#c08081 #e7cfc4 #8d5b5c #f6ece4
#161412 #8c2f1b #d9c9a8
#120a24 #3c1a5b #7b2cbf #c8b6ff
#3d4348 #8b9498 #c5cbcb #23272a
#c98b5e #e2bf8f #7a6f63 #f2e3cb
#d9a5a0 #a8c3bc #efe0b9 #c7b59b
#fffdf5 #ffd23f #f4a259
#14213d #e8e4d9 #6c7a89
#b9b8c3 #d8d3e0 #7d7a91 #efedf2
#d62f0e #a61c00 #f0532d
#f2efe9 #e3ded4 #cfc8bb
#f5f9ff #0047ab #0a0a12 #9fb4d0
#4a4a48 #b08d3f #8c8c88 #26262a
#e07a2f #f2cc8f #3d405b #81b29a
#f49ac1 #fbe38e #b5d99c #fffaf3
#d8a0a6 #f2e2d9 #b76e79 #e9c9b1
#b58ba5 #e6c9c9 #6d597a #f6e7e1
#0d1321 #b5651d #ffd89c #ffffff
#b45309 #f59e0b #fde68a #fffbeb
#1b1464 #d4af37 #0b0b2b #6b4fa0
#07120e #1d3b32 #9fb3ab #dfe8e4
#6b4226 #c8702a #a58a6a #3f2a1d
#6a5a4d #b7a189 #39414a #e4d9c6
#fff176 #4fc3f7 #ff8a65 #aed581 #ffffff
#bde0fe #ffc8dd #fff5b8 #ffffff
#e9ebee #5a7ca5 #2c4a73 #b4c4d8
#c1001f #ff4d4d #18181b #5a0a12
#0a0a0a #e10600 #2a0000
#f3f6f7 #c5d0d6 #8fa1ac
#f6e0b5 #ff8552 #5bc0be #fff8ea
#f5e1da #fffaf7 #d9b8a8
#3b2f1e #8c6a2f #d98e04 #1f3d36
#111111 #d4a017 #f8f5ec
#b5838d #e5c3a6 #8a9b7a #f0e6d6
#ffbe0b #fb5607 #3a86ff #fffaf0
#ffb400 #f6d55c #a65c00 #fff6d6
#3b4a54 #6d7f8a #a8b5bc #222c33
#4a6078 #8a9eb5 #d8c8c0 #2c3a50
#1a1a1a #ff3c00 #8c1c13 #f2e9e4
#1a0014 #5c0029 #c9002b #2b1b3d
#eef1f3 #ccd5da #9eabb3
#e8dcb5 #c5b87a #a9b8ac #f5f0dd
#ffffff #111111 #ff2a2a
#b8bec4 #17191c #dfe3e6
#ff9f1c #ffffff #2ec4b6 #cbf3f0
#ff2e88 #c6f135 #fff7fb #5a0f3c
#ff5a1f #2e3d49 #6b7f8c
#ffffff #2a9d5c #0b5c4a #bfe8cf
#2b302c #6a7363 #a7ad94 #11140f
#1b0f0a #2e1a12 #d6a84a
#d7cdb8 #9aa69b #b98f73 #f3eee2
#6d3b2e #c69c6d #3f5a54 #ead9bb
#ff8c00 #ffd166 #ffffff #ff5d00
#ffd500 #7ec8f2 #8fc93a
#1c2533 #2d3a4d #55657a #d9b36c
#ff1e00 #2b0000 #ffb703 #111111
#d4dad8 #9ba8a6 #f2f3ef #7d8a88
#f4efe6 #ddd3c3 #c2b6a4
#d9c21e #1a1a10 #8f8420
#6a4cff #ff5c8a #21d4b4 #ffe45e #24243e
#fbd3dd #f3a6b8 #fff5f7 #d9b9c9
#5e1224 #8e2f44 #e9cfc4 #2c0a12
#0b3d2e #1f7a54 #d4af37 #06140f
#2a221d #4a3b32 #c58940 #171310
#031926 #0f4c5c #468189 #9dbebb
#cbb07a #8a6d3b #efe2bf #4b3b24
#d6bf94 #a98c5e #7a8b84 #efe3c8
#00b4d8 #90e0ef #ffffff #ffd166
#fdfdf8 #9bd3b0 #f6c667
#5e548e #9f86a0 #c9b79c #4a4e69
#57595d #96989c #d3d2ce
#e10600 #ffffff #000000
#120c0b #3a0d0a #c1270f #ff6b35
#5f8ca3 #a8c3cc #e6d9c8
#e3e6e8 #1e1e22 #5a2a2a
#111133 #ff3864 #2de2e6 #f6f740 #ffffff
#c9ada7 #9a8c98 #f2e9e4 #b56b6b
#dfe8dc #efd3d0 #f9f6f0 #b9c9b4
#e34234 #2a1a1f #f7e7ce
#9b2226 #efe6d2 #1b4b43 #0a1f1c
#0c0a12 #3b2c4a #d7a86e #f7e7c1
#0a1c22 #2f6f6a #a6d5c8 #163840
#3f6c6b #d9a441 #b5533c #f1e3c6
#8b9467 #d9cba3 #b0785a #f0e8d2
#ef476f #ffc43d #7cb518 #fff8f0 #1b9aaa
#2b2d42 #6b5b7b #8d99ae #a4676b
#6a0008 #a3000f #1c0002
#f26a1b #2a1810 #7a2e10 #f6e2c8
#f6ecdf #e8d3bd #fbf7f0
#e9e9f0 #3d3a5c #6b4e71 #1e1b33
#1d1d3b #ff4f79 #5ce1e6 #ffe66d #8cff98
#ff595e #ffca3a #8ac926 #1982c4 #fff9f0
#ffd1ba #ffb3a7 #fff1e6
#3e2c23 #b08d57 #f5b700 #1c1512
#0047ab #002a5c #d8e9f5 #e63212
#8d8b86 #c9c5bb #4f4d4a #e8e4d9
#d9a441 #c1543a #7fa08a #f3e5c3
#57cc99 #c7f9cc #22577a #f9ffef
#ff8c42 #6ec6ff #7bc950 #fff7e6 #fccf3e
#e5e7ea #b7bcc4 #8d94a0
#5a5a50 #8b8878 #b9b4a0 #34362f
#f5f0e8 #a4001d #1a0508
#e4002b #fff5f2 #8f001a
#b8aea4 #e6dfd7 #8d8278 #f5f1ec
#c7c3bb #aeb3b3 #dedbd4 #979a98
#e08a1e #1f1a17 #4b3a26
#023e8a #0096c7 #48cae4 #caf0f8 #ffe566
#d4a017 #f3dfa2 #3d5a3a #8c5a2b
#5c2a4d #a8728f #e7d5dc
#0d1b2a #1b3a4b #4d194d #7b5ea7
#9fb6c3 #d6a6a1 #e9dcc5 #6e8796
#e8934a #d3674a #f2c98a #7d8c93
#ffd6ba #8ecae6 #fff1e6 #f4978e
#ff7f6b #7fc8e0 #fff5ec #ffc9a9
#6f5b45 #8f8267 #4b4a40 #b3a88e
#dce6ec #aebfca #7f919e #f2f5f7
#ff1744 #ffffff #12121a #6a0f24
#c9dcd3 #a5c1b4 #e9f1ec #86a598
#7d9bb0 #b6c8d3 #e9dfd6 #5d7a90
#4a5320 #8c7a2b #2c3315 #b5a75a
#2a9d8f #e9c46a #e76f51 #fdf6e3
#f9f871 #ff4fa3 #ffffff #41c7b9
#9d6b8f #e9c9d6 #f9f1f2 #5d3a5a
#f8f9fb #c9ced8 #d98c95
#b22222 #f4ead6 #7a1414 #1e1a17
#ffb703 #7f1d1d #fff3c4 #2b0c0c
#2a211c #4d3b2f #6e5846 #b89b72
#6f8fb0 #a9bfd0 #e8e6dc #4c6a8a
#00a8b5 #8fe3e8 #ffffff #fff07c
#ffa62b #c5e063 #ff4f8b #fff3e2
#111111 #ff3b1f #f7f3e9
#e4d5b7 #d9a94e #b9bec1
#dfe8d8 #a9b8a4 #2b302a #c93a3a
#f0ede6 #222222 #b23a48
#1b1f4b #ffc93c #ffffff #8c7ae6
#d7263d #c5e1a5 #fffbea #7cb342
#d8a5a5 #f3e9dc #8f6f73 #c8b8a6
#3b1c32 #7d3c5a #d9a566 #f3e0c5
#3a5a7c #7f9bb3 #f4f7fa #1d2f45
#f4a300 #d1495b #00798c #fff6e0
#8bc34a #f9f5d7 #4d8b31 #ffe082
#ff5d8f #ffd23f #5adbff #ffffff
#a9a795 #7d7f73 #cfccbd #5c5d56
#6a0d1c #8a8b1f #0f0f0f #a51c30
#f3e6cf #e3cda6 #b7a27f #faf4e6
#0e1a2b #274c77 #d90429 #dbe7f3
#9fa0c3 #f7c6d0 #fff9f2 #f2a541
#f15bb5 #00bbf9 #fee440 #fffdf7
#4a1526 #2b0d17 #d08c3a
#0a2540 #2f80b9 #eaf4fb #8fc1e3
#1f4037 #3f7d68 #b59a54 #0c1a16
#4b4660 #7a7391 #b2acc2 #2c2838
#b23a48 #f3ead7 #3a2f2a
#9fe2bf #ff9478 #fefcf3 #3fa37c
#7f8a90 #a6aeb2 #5d676d #c9cdce
#d9d5da #aeb2bd #8b8794 #f1eff2
#f4f4ff #2d00f7 #120136 #8900f2
#0a0a14 #f7ff00 #ffffff #5500ff
#fbf6e2 #f2dc8f #cbd4b4 #ffffff
#5f7381 #c8d0d3 #ece6da #8fa0a9
#0e0e12 #3b3b46 #f3f1ec #8a1c1c
#ff6392 #5aa9e6 #ffe45e #7fc8f8 #2b2350
#b8f2e6 #ff686b #ffffff
#f4b183 #b9b7bd #faf5ee
#ff5400 #ffbd00 #5a5560 #2a2228
#10150f #33422e #6d7f5f #d5cfb4
#2a211b #c4622d #e8b46a #3f4f42
#f0e2a3 #e3cf7a #faf4dc #b9a96b
#ffd6e0 #c1f0dc #fff3b0 #a9def9
#4d5763 #7e8b97 #b5754a #2f363f
#5b6f80 #93a5b3 #c7d0d6 #3c4b58
#1a0033 #7b00ff #f4f1ff #d9ff00
#f5f4ef #b9bdbb #8d9492
#f2f2f2 #101010 #6a6a6a
#07090d #1c2733 #3ea0ff #d7ecff
#e8b7ae #d8c3a5 #a67f6b #f7eee3
#a63446 #f6dcd4 #d4a373
#0b6e4f #6bbf59 #f7fff7 #08a045
#4a0d0d #7a1a1a #d8a93a #f0dca0
#2c3e50 #51697d #a8b9c4 #18222d
#0a0f0d #23483d #6c8f7d #8a4b2d
#f0e4c8 #c98a2b #6b4a2b #d9c7a0
#dcdcd8 #9e8f84 #f4f2ee #b5656a
#ff4d8d #fff4f7 #ffd1e0
#6f7377 #8d9195 #a9acae
#6b2b16 #b0350d #ff4a12
#161315 #d6006c #4a3f44
#f6f3ee #cfc7bb #a79d90
#a8b8a0 #d9cdb0 #e6eae8 #7f9188
#26221f #3a2f2b #0d0c0b #6e1a1a
#d90429 #0a2a9e #0b0b1a #f1f1f5
#f9a03f #7bdff2 #f7aef8 #b388eb #fff9e8
#b8f400 #ff5fa2 #111111 #ffffff
#ff8a75 #d9a7c7 #b9a4e0
#f2c4c9 #8fbfa5 #faf3ec #d48a98
#eef4f7 #1f3b57 #f2b632
#f4efe6 #e63b2e #f2a63b #0f4c5c
#1b1d22 #4b4f59 #9aa0a8 #2b2338
#f3b58a #b8d0dd #8a6548 #fbf1e2
#8c8574 #5f5a4d #b7b09d #6b4d3a
#c3c5c9 #8b8f96 #e8e8ea #5b5f68
#10160f #26331f #b3001b #3f4d2f
#0b1117 #22384a #4a6478 #f2f5f7
#d8cfc4 #b5a99b #f4f0ea #c7b8a8
#5f8f6f #a8cbb0 #e6f2e8 #7fae8c
#ff9ebb #8ee3ef #fff3a3 #b5f2b0 #ffffff
#fef9ef #17c3b2 #fe6d73
#8a7bb8 #c3b1e1 #f2dfe7 #e8b7a9
#b87333 #8b1a1a #23262a #e0b070
#1a0c0a #3d130f #5c2018 #0a0707
#0d0f2b #5a4fcf #d7c9ff #1e1b4b
#5d6a4a #8f9778 #c2bda3 #474a3b
#d7fff1 #ff4f79 #8fd3fe #ffffff
#d8cbb8 #c4b49d #efe9df #9d917f
#003844 #006c7a #f2fbfc #00171f
#d0021b #ff2d3f #0a1433 #fff3f0
#ded5c2 #b8b3a3 #eef0ef #9ba19c
#0e1018 #2b2f3d #d9ff3f
#a4553a #7a3b28 #8fa3ad #2b211d
#f7f7f2 #3d5a80 #ee6c4d #98c1d9
#fff1cf #f4c7a1 #c9d6a3 #e89f8b
#3d0c1d #7d1d3f #d98a5f #f1d3b3
#0f6fae #bfe3f5 #c9a13b #06283d
#2a0b2e #4b1850 #7d3c83 #150517
#060809 #12312f #6b3f56 #2f6f66
#d8b765 #4f7a78 #a8613f #f2e6cd
#3fa7d6 #ffffff #f9e784 #bfe3f2
#3a3d40 #d6c300 #0d0e10 #6f7478
#b3001e #7a0012 #2b0006 #e63950
#2e2a27 #4a443f #e3b23c
#f4f1ea #dfe3df #cfd6d2
#e02020 #12b04a #17181c #f2c91d
#141312 #2d2a28 #4a4541 #efece6
#9ccc3c #ff7f50 #ffd54a #5c6bc0 #fffdf2
#ff7f7f #ffd166 #6fc3df #b39ddb
#6d1a2d #d9a08a #f7ebe2
#f7efe6 #eac4bd #dba39b #fff9f3
#1f3a2d #4b6b57 #e3e2da #0f1f18
#d5d6d8 #1a1c22 #8b8e94
#2b1708 #8a4f1d #e0a44b #140b05
#0f1a24 #22384a #b9a26a #0a1016
#ecc9c7 #d9b0ae #f6e9e4
#9db8a0 #dfe5d3 #c9b99a #7d9583
""".strip().splitlines()
)
