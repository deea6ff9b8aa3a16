// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "catalog/risks.h"

namespace assay::catalog {

// The structure as one slide: A basic and common at the foot, B management, C key technologies with
// its nodes and D testing side by side on it, E products and applications on top; every document
// that exists on `as_of` a chip coloured by status; those without a place in a band of their own.
std::string diagram_svg(const Content& content, const Date& as_of, Language language);

// Risks by documents as a heat map: a cell coloured by how far the document is, its mark saying how
// sure the link is.
std::string matrix_svg(const Content& content, const Framework& framework, const Date& as_of,
                       Language language);

// Colours of a status, shared by both pictures. Statuses are told apart by words and outline too.
struct StatusPaint {
  std::string_view fill;
  std::string_view edge;
  std::string_view ink;
  bool dashed;
};
StatusPaint paint_of_status(DocumentStatus status);

}  // namespace assay::catalog
