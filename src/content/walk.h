// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/describe.h"

namespace assay::content {

// Every section of the content, for the visitors of describe(). Clauses follow their standard.
template <class V, Is<Content> T>
void walk(V& v, T& t) {
  v.required("manifest", t.manifest);
  v.required("sources", t.sources);
  v.required("parts", t.parts);
  v.required("editions", t.editions);
  v.required("standards", t.standards);
  v.required("controls", t.controls);
  v.required("conditions", t.conditions);
  v.required("frameworks", t.frameworks);
  v.required("mappings", t.mappings);
  v.required("lexicons", t.lexicons);
  v.required("timeline", t.timeline);
  v.required("notes", t.notes);
}

// describe() and, for a Standard, its clauses.
template <class V, class T>
void describe_whole(V& v, T& t) {
  describe(v, t);
  if constexpr (Is<T, Standard>) v.required("clauses", t.clauses);
}

}  // namespace assay::content
