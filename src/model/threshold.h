// SPDX-License-Identifier: Apache-2.0
//
// Numbers and limits in words: the one way they are written on the terminal, in reports and
// exports.
#pragma once

#include <string>

#include "model/content.h"

namespace assay {

// Grouped in what people look at, plain where a program may read it.
enum class Digits : std::uint8_t { plain, grouped };

// "10,000", "97.53": at most `decimals` digits after the point.
std::string number_text(double value, int decimals = 2, Digits digits = Digits::grouped);

// "≥ 4000".
Text limit_text(Op op, double value, Digits digits = Digits::plain);

// A clause's whole threshold: "≥ 10000 terms", "all of: …"; empty where it states none.
Text threshold_text(const Threshold& threshold, Digits digits = Digits::plain);

}  // namespace assay
